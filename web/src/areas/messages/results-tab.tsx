import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { countsOf } from "../../lib/contact/counts";
import { dispatchesQuery, isUnderWay } from "../../lib/contact/dispatches";
import { SENDS_PATH } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Meter } from "../../ui/meter";
import { Panel } from "../../ui/panel";
import { type Message } from "./api";
import styles from "./messages.module.css";
import { ReadingPanel } from "./reading-panel";
import { DispatchPanel } from "./send/dispatch-panel";
import { RecallPanel } from "./send/recall-panel";
import { useWords } from "./words";

/** What became of a message so far: how many are in each state, and what can still be stopped. */
export function ResultsTab({ message }: { message: Message }) {
  const t = useWords();
  const say = useSay();
  const { number, percent } = useFormat();
  const dispatches = useQuery(dispatchesQuery(message.id)).data?.items ?? [];
  const query = useQuery({ ...countsOf(message.id), refetchInterval: dispatches.some(isUnderWay) ? 1_500 : 5_000 });
  return (
    <Loaded query={query}>
      {({ items }) => {
        const all = items.reduce((sum, { count }) => sum + count, 0);
        if (all === 0)
          return dispatches.length > 0 ? (
            <DispatchPanel dispatches={dispatches} />
          ) : (
            <Panel>
              <EmptyState title={t("notSent")}>{t("notSentDetail")}</EmptyState>
            </Panel>
          );
        return (
          <div className="stack">
            <DispatchPanel dispatches={dispatches} />
            <Panel title={t("results")} hint={t("resultsHint", { count: number(all) })} extra={<Link to={SENDS_PATH} search={{ message: message.id } as never}>{t("ledger")}</Link>}>
              <ul className={styles.states}>
                {items.map(({ state, label, count }) => (
                  <li key={state}>
                    <Link to={SENDS_PATH} search={{ message: message.id, state } as never}>
                      {say(label)}
                    </Link>
                    <Meter share={count / all} text={`${number(count)} · ${percent(count / all)}`} tone={state === "failed" || state === "unknown" ? "risk" : "accent"} />
                  </li>
                ))}
              </ul>
            </Panel>
            <ReadingPanel id={message.id} />
            <RecallPanel message={message} waiting={items.filter(({ state }) => state === "queued" || state === "held").reduce((sum, { count }) => sum + count, 0)} />
          </div>
        );
      }}
    </Loaded>
  );
}
