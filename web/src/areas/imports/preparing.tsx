import { Button } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useLanguage } from "../../i18n/use-language";
import { ApiError } from "../../lib/problem";
import { ProblemNote } from "../../ui/problem-note";
import { type Import, usePreview, useRunImport } from "./api";
import { asksForConsent, type Consent, isDeclared } from "./consent";
import { ConsentForm } from "./consent-form";
import { Detected } from "./detected";
import styles from "./imports.module.css";
import { MappingTable } from "./mapping-table";
import { OptionsForm } from "./options-form";
import { Preview } from "./preview";
import { type Choice, choiceOf, missing, placeOf, toRequest } from "./request";
import { useWords } from "./words";

/** A file that was understood but not yet taken in: correct the guesses, look, then import. */
export function Preparing({ told }: { told: Import }) {
  const t = useWords();
  const say = useSay();
  const [choice, setChoice] = useState<Choice>(() => choiceOf(told));
  const preview = usePreview(told.id);
  const run = useRunImport(told.id);
  const lacking = missing(told, choice.fields);
  const asks = asksForConsent(choice);
  const consent = (choice.options.consent as Consent | null | undefined) ?? null;
  const declared = !asks || isDeclared(consent);
  const refusal = run.error ?? preview.error;
  const places = usePlaces(refusal, choice);
  const change = (part: Partial<Choice>) => {
    const next = { ...choice, ...part };
    setChoice(next);
    preview.reset();
    run.reset();
    // Another kind has other fields, and another sheet other columns: the server reads them out.
    if (part.kind !== undefined) preview.mutate(toRequest(next));
    if (part.options && part.options.sheet !== choice.options.sheet) preview.mutate(toRequest(next));
  };
  return (
    <div className="stack">
      <Detected told={told} choice={choice} onChange={change} />
      <MappingTable told={told} fields={choice.fields} onChange={(fields) => change({ fields })} />
      <OptionsForm options={choice.options} wanted={ratesWanted(refusal)} onChange={(options) => change({ options })} />
      {asks && <ConsentForm consent={consent} onChange={(told) => change({ options: { ...choice.options, consent: told } })} />}
      {refusal && <ProblemNote error={refusal} places={places} />}
      <div className={styles.actions}>
        {lacking.length > 0 && <span className="quiet">{t("lacking", { fields: lacking.map(({ label }) => say(label)).join(", ") })}</span>}
        {!declared && <span className="quiet">{t("consentLacking")}</span>}
        <Button loading={preview.isPending} disabled={run.isPending || !declared} onClick={() => preview.mutate(toRequest(choice))}>
          {t("preview")}
        </Button>
        <Button type="primary" disabled={!declared || !preview.data || preview.data.counts.good === 0} loading={run.isPending} onClick={() => run.mutate(toRequest(choice))}>
          {t("import")}
        </Button>
      </div>
      {preview.data && <Preview told={told} preview={preview.data} />}
    </div>
  );
}

/** Each complaint with the column it speaks of. */
function usePlaces(error: Error | null, choice: Choice): string[] {
  const language = useLanguage();
  if (!(error instanceof ApiError)) return [];
  return error.fields(language).map(({ path, message }) => {
    const column = placeOf(path, choice);
    return column === null ? message : `${column}: ${message}`;
  });
}

/** Currencies the server lacks a rate for. */
function ratesWanted(error: Error | null): string[] {
  if (!(error instanceof ApiError)) return [];
  return error.fields("en").flatMap(({ path }) => /^\/options\/rates\/([A-Z]{3})$/.exec(path)?.[1] ?? []);
}
