import { ReloadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress } from "antd";
import { useEffect, useState } from "react";

import { useSay } from "../../i18n/text";
import { isOver, useRun } from "../../lib/runs";
import { useMay } from "../../lib/session";
import { useDescription } from "../../ui/error-state";
import { useRefresh } from "./api";
import styles from "./overview.module.css";
import { useWords } from "./words";

/** Make everything anew, and say how far it is. */
export function RefreshButton() {
  const t = useWords();
  const say = useSay();
  const may = useMay("refresh.run");
  const refresh = useRefresh();
  const [runId, setRunId] = useState<string | null>(null);
  const run = useRun(runId).data;
  const problem = useDescription(refresh.error);
  useReport(run, problem.detail, refresh.isError);
  const busy = refresh.isPending || (runId !== null && !isOver(run));

  if (!may) return null;
  return (
    <div className={styles.refresh}>
      {busy && run && (
        <span className={styles.progress}>
          {say(run.step)}
          <Progress percent={Math.round(run.progress * 100)} size="small" showInfo={false} aria-label={say(run.step)} />
        </span>
      )}
      <Button
        icon={<ReloadOutlined />}
        loading={busy}
        onClick={() => {
          refresh.mutate(undefined, { onSuccess: ({ run_id }) => { setRunId(run_id); } });
        }}
      >
        {t("refresh")}
      </Button>
    </div>
  );
}

/** Say how the run ended, and fetch what it changed. */
function useReport(run: ReturnType<typeof useRun>["data"], problem: string, refused: boolean): void {
  const t = useWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const state = run?.state;
  useEffect(() => {
    if (refused) message.error(problem);
  }, [refused, problem, message]);
  useEffect(() => {
    if (state === "done") {
      message.success(t("refreshed"));
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "runs" });
    }
    if (state === "failed") message.error(run?.error?.detail ?? problem);
    // The words and helpers may change with the language; only the end of the run is news.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);
}
