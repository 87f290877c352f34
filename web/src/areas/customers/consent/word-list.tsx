import { Button } from "antd";
import { useState } from "react";

import { useContactNames } from "../../../lib/contact/names";
import { useFormat } from "../../../lib/use-format";
import { Badge } from "../../../ui/badge";
import { type ConsentEntry } from "./api";
import styles from "./consent.module.css";
import { useWords } from "./words";

const FIRST = 6;

/** The ledger, newest first. */
export function WordList({ entries }: { entries: readonly ConsentEntry[] }) {
  const t = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, FIRST);
  const rest = entries.length - shown.length;
  return (
    <>
      <ul className={styles.words}>
        {shown.map((entry) => (
          <OneWord key={entry.id} entry={entry} />
        ))}
      </ul>
      {rest > 0 && (
        <Button block onClick={() => setAll(true)}>
          {t("all", { count: rest })}
        </Button>
      )}
    </>
  );
}

function OneWord({ entry }: { entry: ConsentEntry }) {
  const t = useWords();
  const names = useContactNames();
  const { dateTime } = useFormat();
  const proof = [...Object.values(entry.proof).map(String), entry.address, entry.wording].filter(Boolean).join(" · ");
  const late = Date.parse(entry.recorded_at) - Date.parse(entry.at) > 60_000;
  return (
    <li>
      <span className={styles.word}>
        <Badge tone={entry.state === "granted" ? "accent" : "warn"}>{names.word(entry.state)}</Badge>
        <b>{names.purpose(entry.purpose)}</b>
        <span>{names.channel(entry.channel)}</span>
      </span>
      <span className={`${styles.small} numbers`}>{[dateTime(entry.at), names.source(entry.source), late ? t("recorded", { at: dateTime(entry.recorded_at) }) : ""].filter(Boolean).join(" · ")}</span>
      <span className={styles.small}>{names.basis(entry.basis)}</span>
      {proof && (
        <span className={styles.small}>
          {t("proof")}: {proof}
        </span>
      )}
    </li>
  );
}
