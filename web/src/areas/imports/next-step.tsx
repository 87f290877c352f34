import { PhoneOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect } from "react";

import { useSay } from "../../i18n/text";
import { useCancelRun, useWatchedRun } from "../../lib/runs";
import { useMay } from "../../lib/session";
import { Panel } from "../../ui/panel";
import { RunProgress } from "../../ui/run-progress";
import { useComplain } from "../../ui/use-complain";
import { useRefresh } from "./api";
import styles from "./imports.module.css";
import { useWords } from "./words";

/** After an import: compute everything with the new rows, then go and see whom to call. */
export function NextStep() {
  const t = useWords();
  const say = useSay();
  const mayRefresh = useMay("refresh.run");
  const mayCall = useMay("calls.read");
  const refresh = useRefresh();
  const complain = useComplain();
  const { run, watch, busy: running, begunHere } = useWatchedRun("refresh");
  const cancel = useCancelRun(run);
  useArrival(begunHere && run?.state === "done" ? run.id : null);
  const busy = refresh.isPending || running;
  if (!mayCall) return null;
  return (
    <Panel title={t("next")}>
      <div className={styles.next}>
        <p>{t("nextDetail")}</p>
        <span className={styles.actions}>
          <Link to="/calls">{t("whomToCall")}</Link>
          {mayRefresh && (
            <Button
              type="primary"
              icon={<PhoneOutlined />}
              loading={busy}
              onClick={() => {
                refresh.mutate(undefined, { onSuccess: ({ run_id }) => watch(run_id), onError: complain });
              }}
            >
              {t("compute")}
            </Button>
          )}
        </span>
      </div>
      {busy && run && (
        <RunProgress step={say(run.step)} share={run.progress} cancel={cancel} />
      )}
      {run?.error && <p role="alert">{say({ en: run.error.detail, zh: run.error.detail_zh })}</p>}
    </Panel>
  );
}

/** When the work is done, forget the old numbers and open the list. */
function useArrival(doneId: string | null): void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    if (doneId === null) return;
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "runs" });
    void navigate({ to: "/calls" });
  }, [doneId, queries, navigate]);
}
