import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { type Profile } from "./api";
import styles from "./customer-page.module.css";
import { useWords } from "./words";

/** What they should still bring within a year, and what they brought so far. */
export function ValuePanel({ profile }: { profile: Profile }) {
  const t = useWords();
  const format = useFormat();
  const { value_365: value, value_365_low: low, value_365_high: high } = profile;
  const money = (amount: number | null | undefined) => format.shortValue(amount, "money");
  const count = (orders: number | null | undefined) => (orders == null ? MISSING : format.number(orders, 1));
  return (
    <Panel title={t("value")}>
      <p className={`${styles.big} numbers`}>{money(value)}</p>
      <p className={styles.sentence}>{value == null ? t("notScored") : t("valueSentence")}</p>
      {low != null && high != null && <p className={styles.interval}>{t("between", { low: money(low), high: money(high) })}</p>}
      <div className={styles.facts}>
        <Facts
          facts={[
            { name: t("value90"), value: money(profile.value_90) },
            { name: t("expected365"), value: count(profile.expected_orders_365) },
            { name: t("soFar"), value: money(profile.revenue) },
            { name: t("column_orders"), value: format.value(profile.orders, "count") },
            { name: t("rfm"), value: profile.rfm ?? MISSING },
          ]}
        />
      </div>
    </Panel>
  );
}
