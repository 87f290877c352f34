import { ExperimentOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect } from "react";

import { useSay } from "../../i18n/text";
import { type Run, useCancelRun, useWatchedRun, wasCancelled } from "../../lib/runs";
import { useMay } from "../../lib/session";
import { RunProgress } from "../../ui/run-progress";
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
  const { run, watch, busy: running } = useWatchedRun("train_models");
  const cancel = useCancelRun(run);
  useEnd(run);
  const busy = train.isPending || running;
  if (!may) return null;
  return (
    <div className={styles.train}>
      {busy && run && <RunProgress step={say(run.step)} share={run.progress} cancel={cancel} />}
      <Button
        type="primary"
        icon={<ExperimentOutlined />}
        loading={busy}
        onClick={() => train.mutate(undefined, { onSuccess: ({ run_id }) => watch(run_id), onError: complain })}
      >
        {t("train")}
      </Button>
    </div>
  );
}

/** When the run ends, say how, and fetch the versions anew. */
function useEnd(run: Run | undefined): void {
  const t = useWords();
  const say = useSay();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const state = run?.state;
  useEffect(() => {
    if (state === "done") {
      void message.success(t("trained"));
      void queries.invalidateQueries({ queryKey: modelsQuery.queryKey });
    }
    if (wasCancelled(run)) void message.info(t("trainCancelled"));
    else if (state === "failed") void message.error(run?.error ? say({ en: run.error.detail, zh: run.error.detail_zh }) : t("trainFailed"));
    // The words may change with the language; only the end of the run is news.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);
}
