import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useLanguage } from "../../i18n/use-language";
import { useMay } from "../../lib/session";
import { useSettled } from "../../lib/use-settled";
import { Loaded } from "../../ui/loaded";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Brand, brandQuery, lookOf, type PagePreview, PAGES, pageQuery } from "./api";
import styles from "./lists.module.css";
import { LookForm } from "./look-form";
import { useWords } from "./words";

const LANGUAGES = ["en", "zh"] as const;

/** The public page as customers see it with these lists and the company's look, on a desk and on a phone. */
export function PublicPage() {
  const t = useWords();
  const here = useLanguage();
  const [page, setPage] = useState<(typeof PAGES)[number]>("preferences");
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>(here);
  const [draft, setDraft] = useState<Brand | null>(null);
  const held = useQuery({ ...brandQuery, enabled: useMay("messages.read") }).data;
  const settled = useSettled(draft);
  const query = useQuery(pageQuery(page, language, settled && lookOf(settled)));
  return (
    <Panel title={t("publicPage")} hint={t("publicHint")} extra={<a href="/brand">{t("wholeBrand")}</a>}>
      {held && <LookForm held={held} look={draft ?? held} onChange={setDraft} />}
      <div className={styles.choices}>
        <Segmented aria-label={t("whichPage")} value={page} options={PAGES.map((one) => ({ value: one, label: t(`page_${one}`) }))} onChange={setPage} />
        <Segmented aria-label={t("inLanguage")} value={language} options={LANGUAGES.map((one) => ({ value: one, label: t(`language_${one}`) }))} onChange={setLanguage} />
      </div>
      <Loaded query={query} skeleton={<Placeholder height={480} />}>
        {(shown) => <Shown shown={shown} />}
      </Loaded>
    </Panel>
  );
}

function Shown({ shown }: { shown: PagePreview }) {
  const t = useWords();
  const say = useSay();
  const faint = shown.contrasts.filter(({ enough }) => !enough);
  return (
    <>
      {faint.length > 0 && (
        <div className={styles.faint}>
          <Notes notes={faint.map(({ what, ratio, needed }) => t("faint", { what: say(what), ratio: ratio.toFixed(1), needed: needed.toFixed(1) }))} />
        </div>
      )}
      <div className={styles.screens}>
        <iframe title={t("desk")} sandbox="" tabIndex={-1} srcDoc={shown.html} className={styles.desk} />
        <iframe title={t("phone")} sandbox="" tabIndex={-1} srcDoc={shown.html} className={styles.phone} />
      </div>
    </>
  );
}
