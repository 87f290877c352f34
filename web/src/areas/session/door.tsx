import { type ReactNode } from "react";

import { Mark } from "../../ui/mark";
import styles from "./door.module.css";
import { DoorLanguage } from "./door-language";
import { useWords } from "./words";

interface Props {
  title: string;
  lead: string;
  children: ReactNode;
}

/** The page in front of the door: a promise on one side, a form on the other. */
export function Door({ title, lead, children }: Props) {
  const t = useWords();
  return (
    <div className={styles.door}>
      <aside className={styles.promise}>
        <p className={styles.brand}>
          <Mark size={40} />
          <b>{t("product")}</b>
        </p>
        <div>
          <p className={styles.headline}>{t("promise")}</p>
          <p className={styles.detail}>{t("promiseDetail")}</p>
        </div>
        <Rings />
      </aside>
      <main className={styles.main}>
        <div className={styles.language}>
          <DoorLanguage />
        </div>
        <div className={styles.form}>
          <h1>{title}</h1>
          <p className={styles.lead}>{lead}</p>
          {children}
        </div>
      </main>
    </div>
  );
}

/** The mark, large and quiet. */
function Rings() {
  return (
    <svg className={styles.rings} viewBox="0 0 400 400" aria-hidden="true">
      {[60, 104, 148, 192].map((r, i) => (
        <circle
          key={r}
          cx="200"
          cy="200"
          r={r}
          fill="none"
          stroke="#fff"
          strokeOpacity={0.3 - i * 0.06}
          strokeWidth="10"
          strokeLinecap="round"
          pathLength="100"
          strokeDasharray={`${78 - i * 7} 100`}
          transform={`rotate(${-30 + i * 34} 200 200)`}
        />
      ))}
      <circle cx="200" cy="200" r="22" fill="#ff9b7d" />
    </svg>
  );
}
