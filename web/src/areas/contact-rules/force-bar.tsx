import { App, Button } from "antd";

import { ProblemNote } from "../../ui/problem-note";
import { useChangePolicy } from "./api";
import styles from "./contact-rules.module.css";
import { faultOf } from "./rules";
import { type Draft } from "./use-draft";
import { useWords } from "./words";

/** Put the edited rules into force, or go back a step or all the way. */
export function ForceBar({ draft, may }: { draft: Draft; may: boolean }) {
  const t = useWords();
  const { message } = App.useApp();
  const change = useChangePolicy();
  if (!may) return <p className="quiet">{t("readOnly")}</p>;
  if (!draft.undo && !change.error) return null;
  const fault = faultOf(draft.rules);
  const save = () =>
    change.mutate(draft.rules, {
      onSuccess: () => {
        draft.reset();
        void message.success(t("saved"));
      },
    });
  return (
    <div className={styles.bar}>
      {change.error && <ProblemNote error={change.error} />}
      {fault && <p role="alert">{t(fault)}</p>}
      <div className="controls" style={{ alignItems: "center" }}>
        <Button type="primary" disabled={!draft.changed || fault !== null} loading={change.isPending} onClick={save}>
          {t("save")}
        </Button>
        <Button disabled={!draft.undo} onClick={draft.undo}>
          {t("undo")}
        </Button>
        <Button type="text" disabled={!draft.undo} onClick={draft.reset}>
          {t("reset")}
        </Button>
        {draft.changed && <span className="quiet">{t("changed")}</span>}
      </div>
    </div>
  );
}
