import { useFormat } from "../../lib/use-format";
import styles from "./rhythm-picture.module.css";
import { useWords } from "./words";

interface Props {
  gap: number;
  silent: number;
}

const WIDTH = 300;
const MARGIN = 8;
const BEATS = 3;

/** Past orders as evenly spaced beats, then the silence, coloured once it outlasts the usual gap. */
export function RhythmPicture({ gap, silent }: Props) {
  const t = useWords();
  const { number } = useFormat();
  // A long silence is drawn whole; a short one leaves room for the order that is due.
  const ahead = Math.max(silent, gap);
  const scale = (WIDTH - 2 * MARGIN) / (gap * (BEATS - 1) + ahead);
  const last = MARGIN + gap * (BEATS - 1) * scale;
  const due = last + gap * scale;
  const today = last + silent * scale;
  const label = t("rhythmPicture", { gap: number(gap), days: number(silent) });
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} 46`} role="img" aria-label={label} className={styles.picture}>
        <line x1={MARGIN} x2={last} y1="16" y2="16" className={styles.past} />
        <line x1={last} x2={Math.min(today, due)} y1="16" y2="16" className={styles.silence} />
        {silent > gap && <line x1={due} x2={today} y1="16" y2="16" className={styles.late} />}
        {Array.from({ length: BEATS }, (_, beat) => (
          <circle key={beat} cx={MARGIN + beat * gap * scale} cy="16" r="5" className={styles.order} />
        ))}
        <circle cx={due} cy="16" r="5" className={styles.due} />
        <line x1={today} x2={today} y1="6" y2="26" className={styles.today} />
        <text x={today > WIDTH - 40 ? WIDTH : today} y="42" textAnchor={today > WIDTH - 40 ? "end" : "middle"} className={styles.words}>
          {t("today")}
        </text>
        <text x={last} y="42" textAnchor="middle" className={styles.words} opacity={today - last < 60 ? 0 : 1}>
          {t("lastOrder")}
        </text>
      </svg>
    </figure>
  );
}
