import { ReloadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect } from "react";

import { useSay } from "../../i18n/text";
import { type Run, useCancelRun, useWatchedRun, wasCancelled } from "../../lib/runs";
import { useMay } from "../../lib/session";
import { useDescription } from "../../ui/error-state";
import { RunProgress } from "../../ui/run-progress";
import { useRefresh } from "./api";
import styles from "./overview.module.css";
import { useWords } from "./words";

/** Make everything anew, and say how far it is. */
export function RefreshButton() {
  const t = useWords();
  const say = useSay();
  const may = useMay("refresh.run");
  const refresh = useRefresh();
  const { run, watch, busy: running } = useWatchedRun("refresh");
  const cancel = useCancelRun(run);
  const problem = useDescription(refresh.error);
  useReport(run, problem.detail, refresh.isError);
  const busy = refresh.isPending || running;

  if (!may) return null;
  return (
    <div className={styles.refresh}>
      {busy && run && <RunProgress step={say(run.step)} share={run.progress} cancel={cancel} />}
      <Button
        icon={<ReloadOutlined />}
        loading={busy}
        onClick={() => {
          refresh.mutate(undefined, { onSuccess: ({ run_id }) => watch(run_id) });
        }}
      >
        {t("refresh")}
      </Button>
    </div>
  );
}

/** Say how the run ended, and fetch what it changed. */
function useReport(run: Run | undefined, problem: string, refused: boolean): void {
  const t = useWords();
  const say = useSay();
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
    if (wasCancelled(run)) message.info(t("cancelled"));
    else if (state === "failed") message.error(run?.error ? say({ en: run.error.detail, zh: run.error.detail_zh }) : problem);
    // The words and helpers may change with the language; only the end of the run is news.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);
}
