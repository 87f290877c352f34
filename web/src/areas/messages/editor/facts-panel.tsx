import { useQuery } from "@tanstack/react-query";
import { Checkbox, Input, Select } from "antd";

import { useSay } from "../../../i18n/text";
import { consentQuery } from "../../../lib/contact/lists";
import { useMay } from "../../../lib/session";
import { Field } from "../../../ui/field";
import { Panel } from "../../../ui/panel";
import styles from "../messages.module.css";
import { type Kept } from "../use-draft";
import { useWords } from "../words";

/** What the message is for: its name, the list it belongs to, and what caps count it under. */
export function FactsPanel({ kept: { draft, change }, may }: { kept: Kept; may: boolean }) {
  const t = useWords();
  const say = useSay();
  const lists = useQuery({ ...consentQuery, enabled: useMay("settings.read") }).data?.purposes ?? [];
  return (
    <Panel title={t("facts")} hint={t("factsHint")}>
      <div className={styles.facts}>
        <Field label={t("name")}>
          <Input aria-label={t("name")} maxLength={120} disabled={!may} status={draft.name.trim() ? undefined : "error"} value={draft.name} onChange={({ target }) => change({ name: target.value })} />
        </Field>
        <Field label={t("list")}>
          <Select aria-label={t("list")} disabled={!may || draft.transactional} value={draft.purpose} options={lists.map(({ name, label }) => ({ value: name, label: say(label) }))} onChange={(purpose) => change({ purpose })} />
        </Field>
        <Field label={t("category")}>
          <Input aria-label={t("category")} maxLength={60} disabled={!may} value={draft.category} onChange={({ target }) => change({ category: target.value })} />
        </Field>
        <Field label={t("tags")}>
          <Select mode="tags" aria-label={t("tags")} disabled={!may} maxCount={20} open={false} suffix={null} value={draft.tags} onChange={(tags) => change({ tags })} />
        </Field>
      </div>
      <Checkbox disabled={!may} checked={draft.transactional} onChange={({ target }) => change({ transactional: target.checked })}>
        {t("transactional")}
      </Checkbox>
      <p className={styles.small}>{t("transactionalHint")}</p>
      <Checkbox className={styles.tickbox} disabled={!may} checked={draft.tracked} onChange={({ target }) => change({ tracked: target.checked })}>
        {t("tracked")}
      </Checkbox>
      <p className={styles.small}>{t("trackedHint")}</p>
      {"sms" in draft.channels && (
        <>
          <Checkbox className={styles.tickbox} disabled={!may} checked={draft.short_links} onChange={({ target }) => change({ short_links: target.checked })}>
            {t("shortLinks")}
          </Checkbox>
          <p className={styles.small}>{t("shortLinksHint")}</p>
        </>
      )}
    </Panel>
  );
}
