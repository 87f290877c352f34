import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Form, Input, Modal, Select } from "antd";

import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { type ExpectedProperty, type SeenEvent, useExpect, useExpectNoMore } from "./api";
import styles from "./tracking.module.css";
import { TYPES, useTypeName } from "./use-type-name";
import { useWords } from "./words";

interface Wanted {
  name: string;
  note: string;
  properties: ExpectedProperty[];
}

/** What an event must bring: begins with what was declared, else with what has been seen. */
export function ExpectEvent({ event, onClose }: { event: SeenEvent; onClose: () => void }) {
  const t = useWords();
  const typeName = useTypeName();
  const { message } = App.useApp();
  const [form] = Form.useForm<Wanted>();
  const [saving, dropping] = [useExpect(), useExpectNoMore()];
  const error = saving.error ?? dropping.error;
  const wrong = useFieldError(error);
  const done = () => {
    void message.success(t("saved"));
    onClose();
  };
  const save = (wanted: Wanted) => saving.mutate({ ...wanted, name: event.name || wanted.name }, { onSuccess: done });
  const drop = event.expected && (
    <Button key="drop" danger loading={dropping.isPending} onClick={() => dropping.mutate(event.name, { onSuccess: done })}>
      {t("drop")}
    </Button>
  );
  const footer = [
    drop,
    <Button key="cancel" onClick={onClose}>
      {t("cancel")}
    </Button>,
    <Button key="save" type="primary" loading={saving.isPending} onClick={form.submit}>
      {t("save")}
    </Button>,
  ];
  return (
    <Modal open width={640} title={event.name ? t("expectTitle", { name: event.name }) : t("expectNew")} footer={footer} onCancel={onClose}>
      {error && <ProblemNote error={error} />}
      <Form<Wanted> form={form} layout="vertical" requiredMark={false} initialValues={firstOf(event)} onFinish={save}>
        {!event.name && (
          <Form.Item name="name" label={t("field_event")} help={wrong("/name")} rules={[{ required: true, whitespace: true, message: t("needed") }]}>
            <Input autoComplete="off" placeholder="Order Completed" />
          </Form.Item>
        )}
        <Form.Item name="note" label={t("field_note")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.List name="properties">
          {(fields, { add, remove }) => (
            <div className={styles.declared}>
              {fields.map(({ key, name }) => (
                <div key={key} className={styles.row}>
                  <Form.Item name={[name, "name"]} help={wrong(`/properties/${name}/name`)} rules={[{ required: true, whitespace: true, message: t("needed") }]}>
                    <Input aria-label={t("property")} placeholder={t("property")} autoComplete="off" />
                  </Form.Item>
                  <Form.Item name={[name, "type"]}>
                    <Select aria-label={t("type")} options={TYPES.map((type) => ({ value: type, label: typeName(type) }))} />
                  </Form.Item>
                  <Form.Item name={[name, "required"]} valuePropName="checked">
                    <Checkbox>{t("required")}</Checkbox>
                  </Form.Item>
                  <Button type="text" icon={<DeleteOutlined />} aria-label={t("dropProperty", { name: name + 1 })} onClick={() => remove(name)} />
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({ name: "", type: "text", required: true })}>
                {t("addProperty")}
              </Button>
            </div>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}

function firstOf({ name, expected, properties }: SeenEvent): Wanted {
  if (expected) return { name, note: expected.note, properties: expected.properties };
  const seen = properties.slice(0, 20).map((one) => ({ name: one.name, type: TYPES.find((type) => type === one.types[0]?.type) ?? "text", required: false }));
  return { name, note: "", properties: seen };
}
