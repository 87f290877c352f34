import { App, Button, Form, Input, Segmented } from "antd";
import { useState } from "react";

import { chooseLanguage, type Language } from "../../i18n/i18next";
import { useLanguage } from "../../i18n/use-language";
import { useSession } from "../../lib/session";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { chooseMode, type ModeChoice, readChoice } from "../../ui/use-mode";
import { useChangeSession } from "./api";
import { PasswordForm } from "./password-form";
import styles from "./settings.module.css";
import { useWords } from "./words";

/** What one sets for oneself: name, language, light or dark, password. */
export function OwnPanel() {
  const t = useWords();
  return (
    <Panel title={t("own")} hint={t("ownHint")}>
      <div className="pair">
        <div className={styles.form}>
          <NameForm />
          <LanguageChoice />
          <ModeChoiceField />
        </div>
        <PasswordForm />
      </div>
    </Panel>
  );
}

function NameForm() {
  const t = useWords();
  const name = useSession()?.member.name ?? "";
  const { message } = App.useApp();
  const change = useChangeSession();
  const complain = useComplain();
  return (
    <Form<{ name: string }>
      key={name}
      layout="vertical"
      requiredMark={false}
      initialValues={{ name }}
      onFinish={(values) => change.mutate(values, { onSuccess: () => void message.success(t("saved")), onError: complain })}
    >
      <Form.Item name="name" label={t("yourName")} rules={[{ required: true, whitespace: true, message: t("needed") }]} style={{ marginBottom: 10 }}>
        <Input maxLength={200} autoComplete="name" />
      </Form.Item>
      <Button htmlType="submit" loading={change.isPending}>
        {t("saveName")}
      </Button>
    </Form>
  );
}

function LanguageChoice() {
  const t = useWords();
  const change = useChangeSession();
  const complain = useComplain();
  return (
    <Field label={t("language")}>
      <Segmented<Language>
        aria-label={t("language")}
        value={useLanguage()}
        options={[
          { value: "zh", label: "中文" },
          { value: "en", label: "English" },
        ]}
        style={{ alignSelf: "flex-start" }}
        onChange={(language) => {
          chooseLanguage(language);
          change.mutate({ language }, { onError: complain });
        }}
      />
    </Field>
  );
}

function ModeChoiceField() {
  const t = useWords();
  const [choice, setChoice] = useState<ModeChoice>(() => readChoice(localStorage.getItem("tenure.theme")));
  return (
    <Field label={t("theme")}>
      <Segmented<ModeChoice>
        aria-label={t("theme")}
        value={choice}
        options={[
          { value: "system", label: t("themeSystem") },
          { value: "light", label: t("themeLight") },
          { value: "dark", label: t("themeDark") },
        ]}
        style={{ alignSelf: "flex-start" }}
        onChange={(chosen) => {
          setChoice(chosen);
          chooseMode(chosen);
        }}
      />
    </Field>
  );
}
