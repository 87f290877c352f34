import { Form, Input, Modal, Select } from "antd";

import { useSay } from "../../i18n/text";
import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { useChange, useMake, type Webhook, type WebhookTopic } from "./api";
import { useWords } from "./words";

interface Wanted {
  url: string;
  topics: string[];
  network: string;
}

interface Props {
  webhook: Webhook | null;
  topics: WebhookTopic[];
  onClose: () => void;
  onSecret: (secret: string) => void;
}

/** Whom to tell what: a new receiver, or one that changes. */
export function EditWebhook({ webhook, topics, onClose, onSecret }: Props) {
  const t = useWords();
  const say = useSay();
  const [form] = Form.useForm<Wanted>();
  const [make, change] = [useMake(), useChange()];
  const error = make.error ?? change.error;
  const wrong = useFieldError(error);
  const item = (name: keyof Wanted, needed: boolean) => ({
    name,
    label: t(`field_${name}`),
    extra: t(`hint_${name}`),
    help: wrong(`/${name}`),
    validateStatus: wrong(`/${name}`) ? ("error" as const) : undefined,
    rules: needed ? [{ required: true, message: t("needed") }] : [],
  });
  const save = (wanted: Wanted) => {
    if (webhook) change.mutate({ id: webhook.id, body: { ...wanted, paused: webhook.state === "paused" } }, { onSuccess: onClose });
    else
      make.mutate({ ...wanted, paused: false }, {
        onSuccess: ({ secret }) => {
          onClose();
          onSecret(secret);
        },
      });
  };
  const title = t(webhook ? "edit" : "add");
  const first = { url: webhook?.url ?? "", topics: webhook?.topics ?? [], network: webhook?.network ?? "" };
  return (
    <Modal open title={title} okText={t("save")} cancelText={t("cancel")} confirmLoading={make.isPending || change.isPending} onOk={form.submit} onCancel={onClose}>
      {error && <ProblemNote error={error} />}
      <Form<Wanted> form={form} layout="vertical" requiredMark={false} initialValues={first} onFinish={save}>
        <Form.Item {...item("url", true)}>
          <Input autoComplete="off" inputMode="url" />
        </Form.Item>
        <Form.Item {...item("topics", false)}>
          <Select mode="multiple" aria-label={t("field_topics")} showSearch={{ optionFilterProp: "label" }} options={topics.map(({ name, label }) => ({ value: name, label: say(label) }))} />
        </Form.Item>
        <Form.Item {...item("network", false)}>
          <Input autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
