import { DatePicker, Form, Input, Modal, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { useFieldError } from "../../lib/use-field-error";
import { useSession } from "../../lib/session";
import { ProblemNote } from "../../ui/problem-note";
import { type NewKey, useMakeKey } from "./api";
import { useWords } from "./words";

interface Wanted {
  name: string;
  scopes: string[];
  expires?: Dayjs | null;
}

interface Props {
  onClose: () => void;
  onMade: (key: NewKey) => void;
}

/** A key for one purpose: its name, what it opens, and until when. */
export function MakeKey({ onClose, onMade }: Props) {
  const t = useWords();
  const [form] = Form.useForm<Wanted>();
  const make = useMakeKey();
  const wrong = useFieldError(make.error);
  const mine = useSession()?.permissions ?? [];
  const item = (name: keyof Wanted, path: string, needed: boolean) => ({
    name,
    label: t(`field_${name}`),
    extra: t(`hint_${name}`),
    help: wrong(path),
    validateStatus: wrong(path) ? ("error" as const) : undefined,
    rules: needed ? [{ required: true, message: t("needed") }] : [],
  });
  const save = ({ name, scopes, expires }: Wanted) =>
    make.mutate({ name, scopes, expires_at: expires ? expires.endOf("day").toISOString() : null }, { onSuccess: onMade });
  return (
    <Modal open title={t("make")} okText={t("make")} cancelText={t("cancel")} confirmLoading={make.isPending} onOk={form.submit} onCancel={onClose}>
      {make.error && <ProblemNote error={make.error} />}
      <Form<Wanted> form={form} layout="vertical" requiredMark={false} initialValues={{ expires: dayjs().add(1, "year") }} onFinish={save}>
        <Form.Item {...item("name", "/name", true)}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item {...item("scopes", "/scopes", true)}>
          <Select mode="multiple" aria-label={t("field_scopes")} options={mine.map((scope) => ({ value: scope, label: scope }))} />
        </Form.Item>
        <Form.Item {...item("expires", "/expires_at", false)}>
          <DatePicker aria-label={t("field_expires")} style={{ width: "100%" }} minDate={dayjs().add(1, "day")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
