import { useQuery } from "@tanstack/react-query";
import { Checkbox, Input, Radio, Select } from "antd";

import { useSay } from "../../i18n/text";
import { consentQuery } from "../../lib/contact/lists";
import { BASES, useContactNames } from "../../lib/contact/names";
import { useMay } from "../../lib/session";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { CHANNELS, type Consent, FRESH, NOBODY } from "./consent";
import { useWords } from "./words";

interface Props {
  consent: Consent | null;
  onChange: (consent: Consent) => void;
}

/** Where the consent of a file's people comes from; without an answer nobody is written to on its account. */
export function ConsentForm({ consent, onChange }: Props) {
  const t = useWords();
  const chosen = consent ?? NOBODY;
  const agreed = chosen.basis !== "none";
  return (
    <Panel title={t("consent")} hint={t("consentHint")}>
      <div className="stack">
        <Radio.Group
          aria-label={t("consent")}
          value={agreed}
          onChange={({ target }) => onChange(target.value ? FRESH : NOBODY)}
          options={[
            { value: false, label: t("consentNone") },
            { value: true, label: t("consentSome") },
          ]}
        />
        {agreed && <Grounds consent={chosen} onChange={onChange} />}
      </div>
    </Panel>
  );
}

function Grounds({ consent, onChange }: { consent: Consent; onChange: (consent: Consent) => void }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const lists = useQuery({ ...consentQuery, enabled: useMay("settings.read") }).data?.purposes ?? [];
  const change = (part: Partial<Consent>) => onChange({ ...consent, ...part });
  return (
    <div className="controls">
      <Field label={t("consentBasis")}>
        <Select
          aria-label={t("consentBasis")}
          style={{ width: 260 }}
          value={consent.basis}
          options={BASES.map((basis) => ({ value: basis, label: names.basis(basis) }))}
          onChange={(basis) => change({ basis, confirm: consent.confirm && basis === "consent" })}
        />
      </Field>
      <Field label={t("consentList")}>
        <Select
          aria-label={t("consentList")}
          style={{ width: 200 }}
          value={consent.purpose}
          options={lists.map(({ name, label }) => ({ value: name, label: say(label) }))}
          onChange={(purpose) => change({ purpose })}
        />
      </Field>
      <Field label={t("consentAt")}>
        <Input
          aria-label={t("consentAt")}
          type="date"
          style={{ width: 170 }}
          value={consent.at?.slice(0, 10) ?? ""}
          onChange={({ target }) => change({ at: target.value || null })}
        />
      </Field>
      <Field label={t("consentChannels")}>
        <Checkbox.Group
          style={{ minHeight: 40, alignItems: "center" }}
          value={consent.channels}
          options={CHANNELS.map((channel) => ({ value: channel, label: names.channel(channel) }))}
          onChange={(channels) => change({ channels })}
        />
      </Field>
      {consent.basis === "consent" && (
        <Field label={t("consentConfirm")}>
          <Checkbox style={{ minHeight: 40, alignItems: "center" }} checked={consent.confirm} onChange={({ target }) => change({ confirm: target.checked })}>
            {t("consentConfirmEach")}
          </Checkbox>
        </Field>
      )}
      <Field label={t("consentWhere")}>
        <Input
          aria-label={t("consentWhere")}
          style={{ width: 320, maxWidth: "100%" }}
          maxLength={2000}
          placeholder={t("consentWhereExample")}
          value={consent.source}
          onChange={({ target }) => change({ source: target.value })}
        />
      </Field>
      <Field label={t("consentWords")}>
        <Input
          aria-label={t("consentWords")}
          style={{ width: 320, maxWidth: "100%" }}
          maxLength={2000}
          value={consent.wording}
          onChange={({ target }) => change({ wording: target.value })}
        />
      </Field>
    </div>
  );
}
