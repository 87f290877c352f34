import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { type Dispatch, dispatchesQuery, isUnderWay, useStopDispatch } from "../../lib/contact/dispatches";
import { useContactNames } from "../../lib/contact/names";
import { messagePath } from "../../lib/paths";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import styles from "../../ui/dispatch/dispatch.module.css";
import { DispatchLine } from "../../ui/dispatch/dispatch-line";
import { Panel } from "../../ui/panel";
import { useWords } from "./words";

/** What is being queued just now, whoever asked for it; nothing when nothing is. */
export function UnderWay() {
  const t = useWords();
  const found = useQuery(dispatchesQuery(undefined)).data?.items ?? [];
  if (found.length === 0) return null;
  return (
    <Panel title={t("underWay")} hint={t("underWayHint")}>
      <ul className={styles.list}>
        {found.map((one) => (
          <One key={one.id} told={one} />
        ))}
      </ul>
    </Panel>
  );
}

function One({ told }: { told: Dispatch }) {
  const names = useContactNames();
  const { number, dateTime } = useFormat();
  const may = useMay("messages.send");
  const stop = useStopDispatch();
  const about = (
    <>
      <Link to={messagePath(told.message)} search={{ tab: "results" } as never}>
        {told.message_name ?? told.message}
      </Link>{" "}
      · {names.channel(told.channel)} · {dateTime(told.created_at)} · {told.asked_by}
    </>
  );
  return <DispatchLine told={told} number={number} about={about} sends={undefined} onStop={may && isUnderWay(told) ? () => stop.mutateAsync(told) : null} />;
}
