import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Checkbox, Segmented, Select } from "antd";

import { useSay } from "../../i18n/text";
import { useMay, useSession } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Field } from "../../ui/field";
import styles from "./alerts.module.css";
import { type AlertCounts, ownersQuery, signalNamesQuery } from "./api";
import { type AlertsSearch, STATES, TIERS } from "./search";
import { useWords } from "./words";

interface Props {
  search: AlertsSearch;
  counts: AlertCounts | undefined;
}

/** Whose alerts, in which state, of which tier and signal. */
export function AlertFilters({ search, counts }: Props) {
  const t = useWords();
  const navigate = useNavigate();
  const { number } = useFormat();
  const set = (part: Partial<AlertsSearch>) => {
    void navigate({ to: "/alerts", search: { ...search, ...part }, replace: true });
  };
  return (
    <div className={styles.filters}>
      <Field label={t("whose")}>
        <WhoseSelect value={search.owner} counts={counts} onChange={(owner) => set({ owner })} />
      </Field>
      <Field label={t("state")}>
        <Segmented
          aria-label={t("state")}
          options={STATES.map((value) => ({ value, label: t(`state_${value}`) }))}
          value={search.state ?? "unresolved"}
          onChange={(state) => set({ state: state === "unresolved" ? undefined : state })}
        />
      </Field>
      <Field label={t("tierName")}>
        <Select
          aria-label={t("tierName")}
          className={styles.narrow}
          allowClear
          placeholder={t("all")}
          value={search.tier}
          options={TIERS.map((value) => ({ value, label: `${value} (${number(counts?.tier[value] ?? 0)})` }))}
          onChange={(tier) => set({ tier })}
        />
      </Field>
      <Field label={t("signal")}>
        <SignalSelect value={search.signal} counts={counts} onChange={(signal) => set({ signal })} />
      </Field>
      <Checkbox checked={search.overdue === true} onChange={({ target }) => set({ overdue: target.checked ? true : undefined })}>
        {t("onlyOverdue")}
      </Checkbox>
    </div>
  );
}

interface ChoiceProps {
  value: string | undefined;
  counts: AlertCounts | undefined;
  onChange: (value: string | undefined) => void;
}

function WhoseSelect({ value, counts, onChange }: ChoiceProps) {
  const t = useWords();
  const { number } = useFormat();
  const me = useSession()?.member.id;
  const members = useQuery(ownersQuery(useMay("members.read"))).data?.items ?? [];
  const others = members.filter(({ id }) => id !== me && counts?.owner[id] !== undefined);
  const options = [
    ...(me === undefined ? [] : [{ value: "me", label: t("mine", { count: number(counts?.owner[me] ?? 0) }) }]),
    { value: "none", label: t("nobodys", { count: number(counts?.owner.none ?? 0) }) },
    ...others.map(({ id, name }) => ({ value: id, label: `${name} (${number(counts?.owner[id] ?? 0)})` })),
  ];
  return <Select aria-label={t("whose")} className={styles.wide} allowClear placeholder={t("everybodys")} value={value} options={options} onChange={onChange} />;
}

function SignalSelect({ value, counts, onChange }: ChoiceProps) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const signals = useQuery(signalNamesQuery).data ?? [];
  const options = signals
    .filter(({ name }) => name === value || counts?.signal[name] !== undefined)
    .map(({ name, label }) => ({ value: name, label: `${say(label)} (${number(counts?.signal[name] ?? 0)})` }));
  return <Select aria-label={t("signal")} className={styles.wide} allowClear placeholder={t("all")} value={value} options={options} onChange={onChange} />;
}
