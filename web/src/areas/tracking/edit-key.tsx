import { Checkbox, Form, Input, InputNumber, Modal, Radio, Select } from "antd";

import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { type NewWriteKey, useChangeKey, useMakeKey, type WriteKey } from "./api";
import { useWords } from "./words";

interface Wanted {
  name: string;
  kind: "browser" | "server";
  origins: string[];
  per_second: number;
  strict: boolean;
}

interface Props {
  writeKey: WriteKey | null;
  onClose: () => void;
  onMade: (made: NewWriteKey) => void;
}

const KINDS = ["browser", "server"] as const;
const FIRST: Wanted = { name: "", kind: "browser", origins: [], per_second: 1000, strict: false };

/** A key for one source: a new one, or one that changes. */
export function EditKey({ writeKey, onClose, onMade }: Props) {
  const t = useWords();
  const [form] = Form.useForm<Wanted>();
  const [make, change] = [useMakeKey(), useChangeKey()];
  const error = make.error ?? change.error;
  const wrong = useFieldError(error);
  const said = (path: string) => wrong(path) ?? wrong(`${path}/0`) ?? wrong(`${path}/1`);
  const item = (name: "name" | "origins" | "per_second") => ({
    name,
    label: t(`field_${name}`),
    extra: t(`hint_${name}`),
    help: said(`/${name}`),
    validateStatus: said(`/${name}`) ? ("error" as const) : undefined,
    rules: name === "name" ? [{ required: true, whitespace: true, message: t("needed") }] : [],
  });
  const save = (told: Wanted) => {
    const wanted = told.kind === "server" ? { ...told, origins: [] } : told;
    if (writeKey) {
      change.mutate({ id: writeKey.id, body: wanted }, { onSuccess: onClose });
      return;
    }
    make.mutate(wanted, {
      onSuccess: (made) => {
        onClose();
        onMade(made);
      },
    });
  };
  const title = writeKey ? t("changeKey", { name: writeKey.name }) : t("makeKey");
  return (
    <Modal open title={title} okText={writeKey ? t("save") : t("makeKey")} cancelText={t("cancel")} confirmLoading={make.isPending || change.isPending} onOk={form.submit} onCancel={onClose}>
      {error && <ProblemNote error={error} />}
      <Form<Wanted> form={form} layout="vertical" requiredMark={false} initialValues={writeKey ?? FIRST} onFinish={save}>
        <Form.Item {...item("name")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Kind known={writeKey?.kind} />
        <Form.Item noStyle dependencies={["kind"]}>
          {({ getFieldValue }) => (
            <Form.Item {...item("origins")} hidden={getFieldValue("kind") === "server"}>
              <Select mode="tags" open={false} suffix={null} aria-label={t("field_origins")} tokenSeparators={[" ", ","]} />
            </Form.Item>
          )}
        </Form.Item>
        <Form.Item {...item("per_second")}>
          <InputNumber min={1} max={1_000_000} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="strict" valuePropName="checked" extra={t("hint_strict")}>
          <Checkbox>{t("field_strict")}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Where the key will be; one that may have stood in a page stays public. */
function Kind({ known }: { known?: Wanted["kind"] }) {
  const t = useWords();
  const fixed = known === "browser";
  const detail = (kind: Wanted["kind"]) => t(fixed ? "kindStays" : `kindDetail_${kind}`);
  return (
    <Form.Item noStyle dependencies={["kind"]}>
      {({ getFieldValue }) => (
        <Form.Item name="kind" label={t("field_kind")} extra={detail(getFieldValue("kind") === "server" ? "server" : "browser")}>
          <Radio.Group disabled={fixed} options={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))} />
        </Form.Item>
      )}
    </Form.Item>
  );
}
