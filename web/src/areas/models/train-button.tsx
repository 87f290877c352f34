import { ExperimentOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress } from "antd";
import { useEffect, useState } from "react";

import { useSay } from "../../i18n/text";
import { isOver, useRun } from "../../lib/runs";
import { useMay } from "../../lib/session";
import { useComplain } from "../../ui/use-complain";
import { modelsQuery, useTrain } from "./api";
import styles from "./models.module.css";
import { useWords } from "./words";

/** Teach a new version and say how far it is; the rules decide whether it scores. */
export function TrainButton() {
  const t = useWords();
  const say = useSay();
  const may = useMay("models.manage");
  const complain = useComplain();
  const train = useTrain();
  const [runId, setRunId] = useState<string | null>(null);
  const run = useRun(runId).data;
  useEnd(run);
  const busy = train.isPending || (runId !== null && !isOver(run));
  if (!may) return null;
  return (
    <div className={styles.train}>
      {busy && run && (
        <span>
          {say(run.step)}
          <Progress percent={Math.round(run.progress * 100)} size="small" showInfo={false} aria-label={say(run.step)} />
        </span>
      )}
      <Button
        type="primary"
        icon={<ExperimentOutlined />}
        loading={busy}
        onClick={() => train.mutate(undefined, { onSuccess: ({ run_id }) => setRunId(run_id), onError: complain })}
      >
        {t("train")}
      </Button>
    </div>
  );
}

/** When the run ends, say how, and fetch the versions anew. */
function useEnd(run: ReturnType<typeof useRun>["data"]): void {
  const t = useWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const state = run?.state;
  useEffect(() => {
    if (state === "done") {
      void message.success(t("trained"));
      void queries.invalidateQueries({ queryKey: modelsQuery.queryKey });
    }
    if (state === "failed") void message.error(run?.error?.detail ?? t("trainFailed"));
    // The words may change with the language; only the end of the run is news.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);
}
