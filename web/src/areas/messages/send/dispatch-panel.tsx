import { useQuery } from "@tanstack/react-query";

import { type Dispatch, dispatchQuery, isUnderWay, useStopDispatch } from "../../../lib/contact/dispatches";
import { useContactNames } from "../../../lib/contact/names";
import { useMay } from "../../../lib/session";
import { useFormat } from "../../../lib/use-format";
import styles from "../../../ui/dispatch/dispatch.module.css";
import { DispatchLine } from "../../../ui/dispatch/dispatch-line";
import { Panel } from "../../../ui/panel";
import { useWords } from "../words";

/** What was asked for of a message, the newest first: how far each is, and how it ended. */
export function DispatchPanel({ dispatches }: { dispatches: readonly Dispatch[] }) {
  const t = useWords();
  if (dispatches.length === 0) return null;
  return (
    <Panel title={t("dispatches")} hint={t("dispatchesHint")}>
      <ul className={styles.list}>
        {dispatches.map((one, place) => (
          <One key={one.id} told={one} counted={place === 0 || isUnderWay(one)} />
        ))}
      </ul>
    </Panel>
  );
}

function One({ told, counted }: { told: Dispatch; counted: boolean }) {
  const t = useWords();
  const names = useContactNames();
  const { number, dateTime } = useFormat();
  const may = useMay("messages.send");
  const stop = useStopDispatch();
  const sends = useQuery({ ...dispatchQuery(told.id), enabled: counted }).data?.sends;
  const about = [
    names.channel(told.channel),
    told.customers !== null && t("toCustomers", { count: number(told.customers) }),
    t("askedBy", { at: dateTime(told.created_at), name: told.asked_by }),
    told.due_at > told.created_at && t("dueThen", { at: dateTime(told.due_at) }),
  ];
  return <DispatchLine told={told} number={number} about={about.filter(Boolean).join(" · ")} sends={sends} onStop={may && isUnderWay(told) ? () => stop.mutateAsync(told) : null} />;
}
