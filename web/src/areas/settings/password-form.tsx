import { App, Button, Form, Input } from "antd";

import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { useChangeSession } from "./api";
import { useWords } from "./words";

interface Passwords {
  current_password: string;
  password: string;
}

/** One's own password, known by the old one. */
export function PasswordForm() {
  const t = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const change = useChangeSession();
  const wrong = useFieldError(change.error);
  const item = (name: keyof Passwords) => ({
    name,
    label: t(name),
    help: wrong(`/${name}`),
    validateStatus: wrong(`/${name}`) ? ("error" as const) : undefined,
    rules: [{ required: true, message: t("needed") }],
  });
  const save = (passwords: Passwords) =>
    change.mutate(passwords, {
      onSuccess: () => {
        form.resetFields();
        void message.success(t("passwordChanged"));
      },
    });
  return (
    <Form<Passwords> form={form} layout="vertical" requiredMark={false} onFinish={save}>
      {change.error && <ProblemNote error={change.error} />}
      <Form.Item {...item("current_password")}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item {...item("password")} extra={t("passwordHint")}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button htmlType="submit" loading={change.isPending}>
        {t("changePassword")}
      </Button>
    </Form>
  );
}
