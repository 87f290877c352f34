import { Button } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { type ModelPage } from "./api";
import { DecideDialog } from "./decide-dialog";
import styles from "./models.module.css";
import { useWords } from "./words";

/** Letting a version score, or answering for what the leak audit found; each with a reason that is kept. */
export function ModelActions({ model }: { model: ModelPage }) {
  const t = useWords();
  const may = useMay("models.manage");
  const [deciding, setDeciding] = useState<"promote" | "sign_off" | null>(null);
  const leaky = model.leak_audit?.checks.some(({ passed }) => !passed) ?? false;
  if (!may || (model.in_use && !leaky)) return null;
  return (
    <div className={styles.actions}>
      {leaky && !model.signed_off && <Button onClick={() => setDeciding("sign_off")}>{t("do_sign_off")}</Button>}
      {!model.in_use && <Button onClick={() => setDeciding("promote")}>{t("do_promote")}</Button>}
      {deciding && <DecideDialog what={deciding} version={model.version} onClose={() => setDeciding(null)} />}
    </div>
  );
}
