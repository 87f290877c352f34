import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Modal } from "antd";

import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { type Profile, useChangeCustomer } from "./api";
import { changedAttributes, type Pair, toPairs } from "./attribute-pairs";
import styles from "./customer-page.module.css";
import { useWords } from "./words";

const TEXTS = ["name", "email", "phone", "company", "country", "region", "city"] as const;
type Texts = Record<(typeof TEXTS)[number], string | null>;
interface Values extends Texts {
  attributes: Pair[];
}

/** Mend what is known of a customer, and keep what only this business knows. */
export function EditProfile({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const t = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const change = useChangeCustomer(profile.id);
  const wrong = useFieldError(change.error);
  const save = (values: Values) => {
    const texts = Object.fromEntries(TEXTS.filter((name) => (values[name] ?? "") !== (profile[name] ?? "")).map((name) => [name, values[name]?.trim() || null]));
    const attributes = changedAttributes(profile.attributes, values.attributes);
    const body = { ...texts, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) };
    change.mutate(body, {
      onSuccess: () => {
        void message.success(t("saved"));
        onClose();
      },
    });
  };
  return (
    <Modal open title={t("editTitle")} okText={t("save")} cancelText={t("cancel")} confirmLoading={change.isPending} onOk={form.submit} onCancel={onClose}>
      {change.error && <ProblemNote error={change.error} />}
      <Form<Values> form={form} layout="vertical" initialValues={{ ...profile, attributes: toPairs(profile.attributes) }} onFinish={save}>
        {TEXTS.map((name) => (
          <Form.Item key={name} name={name} label={name === "name" ? t("fullName") : t(`column_${name}`)} help={wrong(`/${name}`)} validateStatus={wrong(`/${name}`) ? "error" : undefined}>
            <Input />
          </Form.Item>
        ))}
        <Form.List name="attributes">
          {(lines, { add, remove }) => (
            <Form.Item label={t("attributes")}>
              <div className={styles.pairs}>
                {lines.map(({ key, name }) => (
                  <div key={key} className={styles.pair}>
                    <Form.Item name={[name, "name"]} noStyle>
                      <Input aria-label={t("attributeName")} placeholder={t("attributeName")} />
                    </Form.Item>
                    <Form.Item name={[name, "value"]} noStyle>
                      <Input aria-label={t("attributeValue")} placeholder={t("attributeValue")} />
                    </Form.Item>
                    <Button type="text" icon={<DeleteOutlined />} aria-label={t("removeAttribute")} onClick={() => remove(name)} />
                  </div>
                ))}
              </div>
              <Button icon={<PlusOutlined />} onClick={() => add({ name: "", value: "" })}>
                {t("addAttribute")}
              </Button>
            </Form.Item>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}
