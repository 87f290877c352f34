import { LogoutOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { chooseLanguage, type Language } from "../i18n/i18next";
import { useLanguage } from "../i18n/use-language";
import { queryClient } from "../lib/query-client";
import { useSession } from "../lib/session";
import { rememberLanguage, signOut } from "../lib/sign-out";
import { chooseMode, type ModeChoice, readChoice } from "../ui/use-mode";
import styles from "./shell.module.css";
import { useWords } from "./words";

/** Who is logged in, in which language and light, and the way out. */
export function AccountMenu() {
  const t = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      queryClient.clear();
      await navigate({ to: "/sign-in", search: {} });
    },
  });
  if (!session) return null;
  return (
    <div className={styles.account}>
      <LanguageSwitch />
      <ModeSwitch />
      <div className={styles.member}>
        <span className={styles.avatar} aria-hidden="true">
          {session.member.name.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles.who} aria-label={t("account", { name: session.member.name })}>
          <b>{session.member.name}</b>
          <span>{session.member.email}</span>
        </span>
        <Button
          type="text"
          icon={<LogoutOutlined />}
          aria-label={t("signOut")}
          title={t("signOut")}
          loading={leave.isPending}
          onClick={() => {
            leave.mutate();
          }}
        />
      </div>
    </div>
  );
}

export function LanguageSwitch() {
  const t = useWords();
  const language = useLanguage();
  const session = useSession();
  return (
    <Segmented<Language>
      block
      size="small"
      aria-label={t("language")}
      value={language}
      options={[
        { value: "zh", label: "中文" },
        { value: "en", label: "English" },
      ]}
      onChange={(chosen) => {
        chooseLanguage(chosen);
        if (session) rememberLanguage(chosen);
      }}
    />
  );
}

export function ModeSwitch() {
  const t = useWords();
  const [choice, setChoice] = useState<ModeChoice>(() => readChoice(localStorage.getItem("tenure.theme")));
  return (
    <Segmented<ModeChoice>
      block
      size="small"
      aria-label={t("theme")}
      value={choice}
      options={[
        { value: "system", label: t("themeSystem") },
        { value: "light", label: t("themeLight") },
        { value: "dark", label: t("themeDark") },
      ]}
      onChange={(chosen) => {
        setChoice(chosen);
        chooseMode(chosen);
      }}
    />
  );
}
