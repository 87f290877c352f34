import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";

import { useLanguage } from "../../i18n/use-language";
import { setupQuery } from "../../lib/setup";
import { useSetup } from "./api";
import { Door } from "./door";
import { FormProblem } from "./form-problem";
import { useWords } from "./words";

interface Owner {
  name: string;
  email: string;
  password: string;
}

/** The first run: whoever comes first becomes the owner. */
export function SetupPage() {
  const t = useWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const setup = useQuery(setupQuery).data;
  const begin = useSetup();
  const required = { required: true, message: t("required") };
  return (
    <Door title={t("setupTitle")} lead={t("setupLead", { workspace: setup?.workspace_name ?? t("product") })}>
      {begin.error && <FormProblem error={begin.error} />}
      <Form<Owner>
        layout="vertical"
        requiredMark={false}
        size="large"
        onFinish={(owner) => {
          begin.mutate({ ...owner, language }, { onSuccess: () => void navigate({ to: "/" }) });
        }}
      >
        <Form.Item name="name" label={t("name")} rules={[required]}>
          <Input autoComplete="name" autoFocus />
        </Form.Item>
        <Form.Item name="email" label={t("email")} rules={[required, { type: "email", message: t("emailShape") }]}>
          <Input type="email" autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t("password")} extra={t("passwordLength")} rules={[required, { min: 10, message: t("passwordLength") }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={begin.isPending}>
          {t("setup")}
        </Button>
      </Form>
    </Door>
  );
}
