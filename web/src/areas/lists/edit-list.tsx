import { App, Checkbox, Form, Input, Modal, Radio } from "antd";

import { useSay } from "../../i18n/text";
import { ProblemNote } from "../../ui/problem-note";
import { type List, useSaveList } from "./api";
import { useWords } from "./words";

const TEXTS = ["label_en", "label_zh", "meaning_en", "meaning_zh"] as const;
type Values = Record<(typeof TEXTS)[number], string> & Pick<List, "name" | "rule" | "shown"> & { double_opt_in: boolean };

/** Add a list, or change its words and its rule. */
export function EditList({ list, onClose }: { list?: List; onClose: () => void }) {
  const t = useWords();
  const say = useSay();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const saving = useSaveList();
  const done = () => {
    void message.success(t("saved"));
    onClose();
  };
  const save = (values: Values) =>
    saving.mutate(
      {
        name: values.name,
        rule: values.rule,
        shown: values.shown,
        double_opt_in: values.double_opt_in,
        position: list?.position ?? 100,
        label: { en: values.label_en, zh: values.label_zh },
        meaning: { en: values.meaning_en, zh: values.meaning_zh },
      },
      { onSuccess: done },
    );
  const needed = [{ required: true, whitespace: true, message: t("needed") }];
  return (
    <Modal open title={list ? t("edit", { name: say(list.label) }) : t("add")} okText={t("save")} cancelText={t("cancel")} confirmLoading={saving.isPending} onOk={form.submit} onCancel={onClose}>
      {saving.error && <ProblemNote error={saving.error} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={valuesOf(list)} onFinish={save}>
        <Form.Item name="name" label={t("field_name")} extra={t("nameHint")} rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{1,39}$/, message: t("nameHint") }]}>
          <Input disabled={list !== undefined} autoComplete="off" />
        </Form.Item>
        {TEXTS.map((name) => (
          <Form.Item key={name} name={name} label={t(`field_${name}`)} rules={needed}>
            <Input autoComplete="off" />
          </Form.Item>
        ))}
        <Form.Item name="rule" label={t("rule")}>
          <Radio.Group options={(["opt_in", "opt_out"] as const).map((one) => ({ value: one, label: t(one) }))} />
        </Form.Item>
        <Form.Item name="double_opt_in" valuePropName="checked" extra={t("confirmedHint")}>
          <Checkbox>{t("confirmed")}</Checkbox>
        </Form.Item>
        <Form.Item name="shown" valuePropName="checked">
          <Checkbox>{t("shown")}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}

const EMPTY: Values = { name: "", rule: "opt_in", shown: true, double_opt_in: false, label_en: "", label_zh: "", meaning_en: "", meaning_zh: "" };

function valuesOf(list: List | undefined): Values {
  if (!list) return EMPTY;
  const { name, rule, shown, double_opt_in, label, meaning } = list;
  return { name, rule, shown, double_opt_in, label_en: label.en, label_zh: label.zh, meaning_en: meaning.en, meaning_zh: meaning.zh };
}
