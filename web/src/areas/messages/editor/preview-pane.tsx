import { useQuery } from "@tanstack/react-query";
import { DatePicker, Input, Segmented, Select } from "antd";
import { useState } from "react";

import { Loaded } from "../../../ui/loaded";
import { Field } from "../../../ui/field";
import { Panel } from "../../../ui/panel";
import { Placeholder } from "../../../ui/placeholder";
import { useSettled } from "../../../lib/use-settled";
import { previewQuery } from "../api";
import { type Draft } from "../draft";
import styles from "../messages.module.css";
import { useLanguageName } from "../shared/use-language-name";
import { useWords } from "../words";
import { CustomerSelect } from "./customer-select";
import { given as readGiven } from "./given";
import { type Look, Preview } from "./preview";

interface Props {
  draft: Draft;
  channel: string;
  tag: string;
  /** These very words were looked over: what is faulty is not asked to be shown. */
  checked: boolean;
  faulty: boolean;
}

/** The words as a customer gets them: whoever, whenever, in whichever language, on a large screen or a small one. */
export function PreviewPane({ draft, channel, tag, checked, faulty }: Props) {
  const t = useWords();
  const nameOf = useLanguageName();
  const [customer, setCustomer] = useState<string | undefined>();
  const [own, setOwn] = useState(false);
  const [look, setLook] = useState<Look>("wide");
  const [at, setAt] = useState<string | null>(null);
  const [given, setGiven] = useState("");
  const told = readGiven(useSettled(given));
  const language = own ? undefined : tag;
  const query = useQuery({
    ...previewQuery({
      draft: { channels: draft.channels, transactional: draft.transactional, tracked: draft.tracked, short_links: draft.short_links },
      customer_id: customer ?? null,
      channel: channel as "email",
      language,
      at,
      given: told ?? {},
    }),
    enabled: checked && !faulty,
  });
  return (
    <div className={styles.side}>
      <Panel
        title={t("preview")}
        extra={channel === "email" && <Segmented<Look> size="small" aria-label={t("width")} value={look} options={(["wide", "narrow", "plain"] as const).map((one) => ({ value: one, label: t(`look_${one}`) }))} onChange={setLook} />}
      >
        <div className={styles.seen}>
          <Field label={t("seenAs")}>
            <CustomerSelect value={customer} onChange={setCustomer} />
          </Field>
          <Field label={t("inLanguage")}>
            <Select
              aria-label={t("inLanguage")}
              value={own ? "own" : "here"}
              options={[
                { value: "here", label: nameOf(tag) },
                { value: "own", label: t("theirOwn") },
              ]}
              onChange={(value) => setOwn(value === "own")}
            />
          </Field>
        </div>
        <details className={styles.more}>
          <summary>{t("moreSeen")}</summary>
          <div className={styles.seen}>
            <Field label={t("seenAt")}>
              <DatePicker aria-label={t("seenAt")} showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" placeholder={t("now")} onChange={(day) => setAt(day ? day.toISOString() : null)} />
            </Field>
            <Field label={t("given")}>
              <Input.TextArea aria-label={t("given")} autoSize={{ minRows: 1, maxRows: 6 }} status={told === null ? "error" : undefined} placeholder='{"coupon": {"code": "SPRING"}}' value={given} onChange={({ target }) => setGiven(target.value)} />
            </Field>
          </div>
        </details>
        {faulty && <p className={styles.small}>{t("previewFaulty")}</p>}
        {!(faulty && query.data === undefined) && (
          <Loaded query={query} skeleton={<Placeholder height={420} />}>
            {(preview) => <Preview preview={preview} look={look} transactional={draft.transactional} shortLinks={draft.short_links} />}
          </Loaded>
        )}
      </Panel>
    </div>
  );
}
