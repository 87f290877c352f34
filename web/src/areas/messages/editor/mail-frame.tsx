import { useMemo } from "react";

import styles from "../messages.module.css";
import { useWords } from "../words";
import { still } from "./still";

/** A mail behind glass: nothing in it runs, follows a link or loads from elsewhere. */
export function MailFrame({ html, narrow }: { html: string; narrow: boolean }) {
  const t = useWords();
  const { page, blocked } = useMemo(() => still(html), [html]);
  return (
    <>
      <div className={narrow ? styles.phone : styles.screen}>
        <iframe title={t("preview")} sandbox="" srcDoc={page} className={styles.mail} />
      </div>
      {blocked > 0 && <p className={styles.small}>{t("blocked", { count: blocked })}</p>}
    </>
  );
}
