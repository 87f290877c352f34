import { useQuery } from "@tanstack/react-query";

import { useMay } from "../../lib/session";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Placeholder } from "../../ui/placeholder";
import { healthQuery, ownershipQuery, rulesQuery, signalsQuery } from "./api";
import { HealthPanel } from "./health-panel";
import { OwnershipPanel } from "./ownership-panel";
import { RulesPanel } from "./rules-panel";
import { SignalCard } from "./signal-card";
import styles from "./signals.module.css";
import { useWords } from "./words";

/** What Tenure watches for, how good each signal has been here, and whose alerts go to whom. */
export function SignalsPage() {
  const t = useWords();
  const seesHealth = useMay("predictions.read");
  const signals = useQuery(signalsQuery);
  const rules = useQuery(rulesQuery);
  const ownership = useQuery(ownershipQuery);
  const health = useQuery(healthQuery(seesHealth));
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Loaded query={signals} skeleton={<Placeholder height={900} />}>
        {(all) => (
          <ul className={styles.signals}>
            {all.map((signal) => (
              <SignalCard key={signal.name} signal={signal} />
            ))}
          </ul>
        )}
      </Loaded>
      <Loaded query={rules}>{(found) => <RulesPanel rules={found.items} features={found.features} />}</Loaded>
      <Loaded query={ownership}>{(found) => <OwnershipPanel ownership={found} />}</Loaded>
      {seesHealth && <Loaded query={health}>{(found) => <HealthPanel health={found} />}</Loaded>}
    </div>
  );
}
