import { PhoneOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Progress } from "antd";
import { useEffect, useState } from "react";

import { useSay } from "../../i18n/text";
import { useRun } from "../../lib/runs";
import { useMay } from "../../lib/session";
import { Panel } from "../../ui/panel";
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
  const [runId, setRunId] = useState<string | null>(null);
  const run = useRun(runId).data;
  useArrival(run?.state === "done" ? runId : null);
  const busy = refresh.isPending || (runId !== null && run?.state !== "failed");
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
                refresh.mutate(undefined, { onSuccess: ({ run_id }) => { setRunId(run_id); }, onError: complain });
              }}
            >
              {t("compute")}
            </Button>
          )}
        </span>
      </div>
      {busy && run && (
        <div aria-live="polite">
          <p className="quiet">{say(run.step)}</p>
          <Progress percent={Math.round(run.progress * 100)} status="active" aria-label={say(run.step)} />
        </div>
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
