import { useQueryClient } from "@tanstack/react-query";
import { Progress } from "antd";
import { useEffect } from "react";

import { useSay } from "../../i18n/text";
import { isOver, useRun } from "../../lib/runs";
import { Panel } from "../../ui/panel";
import styles from "./imports.module.css";
import { useWords } from "./words";

/** How far the import is; when it has ended, everything it changed is fetched anew. */
export function Running({ id, runId }: { id: string; runId: string }) {
  const t = useWords();
  const say = useSay();
  const queries = useQueryClient();
  const run = useRun(runId).data;
  const over = isOver(run);
  useEffect(() => {
    if (over) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "runs" });
  }, [over, queries, id]);
  const step = run ? say(run.step) : t("starting");
  return (
    <Panel title={t("running")} hint={t("runningHint")}>
      <p className={styles.step} aria-live="polite">
        {step}
      </p>
      <Progress percent={Math.round((run?.progress ?? 0) * 100)} aria-label={step} status="active" />
    </Panel>
  );
}
