import { App, Form, Input, Modal, Segmented } from "antd";

import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { type MemberRequest, useAddMember } from "./api";
import { RoleSelect } from "./role-select";
import { useLanguage } from "../../i18n/use-language";
import { useWords } from "./words";

/** Somebody new: who, which role, and a first password handed over in person. */
export function AddMember({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm<MemberRequest>();
  const add = useAddMember();
  const wrong = useFieldError(add.error);
  const item = (name: keyof MemberRequest) => ({
    name,
    label: t(`field_${name}`),
    help: wrong(`/${name}`),
    validateStatus: wrong(`/${name}`) ? ("error" as const) : undefined,
    rules: [{ required: true, message: t("needed") }],
  });
  const save = (body: MemberRequest) =>
    add.mutate(body, {
      onSuccess: ({ name }) => {
        void message.success(t("added", { name }));
        onClose();
      },
    });
  return (
    <Modal open title={t("add")} okText={t("add")} cancelText={t("cancel")} confirmLoading={add.isPending} onOk={form.submit} onCancel={onClose}>
      {add.error && <ProblemNote error={add.error} />}
      <Form<MemberRequest> form={form} layout="vertical" requiredMark={false} initialValues={{ role: "viewer", language }} onFinish={save}>
        <Form.Item {...item("name")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item {...item("email")}>
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <Form.Item {...item("role")}>
          <RoleSelect label={t("field_role")} />
        </Form.Item>
        <Form.Item {...item("password")} extra={t("passwordHint")}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item {...item("language")}>
          <Segmented
            options={[
              { value: "zh", label: "中文" },
              { value: "en", label: "English" },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
