import { App, Form, Input, Modal } from "antd";

import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { type Member, useChangeMember } from "./api";
import { useWords } from "./words";

/** A new password for somebody who forgot theirs; it is handed over in person. */
export function NewPassword({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const change = useChangeMember();
  const wrong = useFieldError(change.error)("/password");
  return (
    <Modal
      open
      title={t("newPasswordFor", { name: member.name })}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={change.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {change.error && <ProblemNote error={change.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ password }) =>
          change.mutate(
            { id: member.id, change: { password } },
            {
              onSuccess: () => {
                void message.success(t("passwordSet"));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="password" label={t("password")} extra={t("passwordHint")} help={wrong} validateStatus={wrong ? "error" : undefined} rules={[{ required: true, message: t("needed") }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
