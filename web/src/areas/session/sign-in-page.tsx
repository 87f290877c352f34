import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";

import { setupQuery } from "../../lib/setup";
import { useSignIn } from "./api";
import { Door } from "./door";
import styles from "./door.module.css";
import { FormProblem } from "./form-problem";
import { useWords } from "./words";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const t = useWords();
  const { next } = route.useSearch();
  const router = useRouter();
  const setup = useQuery(setupQuery).data;
  const signIn = useSignIn();
  const enter = (values: { email: string; password: string }) => {
    signIn.mutate(values, { onSuccess: () => { router.history.push(next ?? "/"); } });
  };
  const demo = setup?.demo;
  return (
    <Door title={t("signInTitle")} lead={t("signInLead", { workspace: setup?.workspace_name ?? t("product") })}>
      {demo && (
        <div className={styles.demo}>
          <b>{t("demoTitle")}</b>
          {t("demoDetail", { email: demo.email, password: demo.password })}
          <Button type="link" style={{ paddingInline: 0, height: "auto", display: "block" }} onClick={() => { enter(demo); }}>
            {t("demoFill")}
          </Button>
        </div>
      )}
      {signIn.error && <FormProblem error={signIn.error} />}
      <Form layout="vertical" requiredMark={false} size="large" onFinish={enter}>
        <Form.Item name="email" label={t("email")} rules={[{ required: true, message: t("required") }]}>
          <Input type="email" autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t("password")} rules={[{ required: true, message: t("required") }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t("signIn")}
        </Button>
      </Form>
    </Door>
  );
}
