import { useFormat } from "../../lib/use-format";
import { type Quantile, shareShorter } from "./gaps";
import styles from "./settings.module.css";
import { useWords } from "./words";

interface Props {
  quantiles: readonly Quantile[];
  days: number;
  longest: number;
}

const WIDTH = 600;
const HEIGHT = 200;
const STEPS = 73;

/** The share of gaps between orders that are shorter than so many days, and where the window cuts it. */
export function GapPicture({ quantiles, days, longest }: Props) {
  const t = useWords();
  const { percent, number } = useFormat();
  const x = (at: number) => (Math.min(at, longest) / longest) * WIDTH;
  const y = (share: number) => HEIGHT - share * (HEIGHT - 8);
  const points = Array.from({ length: STEPS + 1 }, (_, step) => (step * longest) / STEPS);
  const path = (until: number) =>
    [...points.filter((at) => at < until), until].map((at) => `${x(at).toFixed(1)},${y(shareShorter(quantiles, at) ?? 0).toFixed(1)}`).join(" L");
  const share = shareShorter(quantiles, days) ?? 0;
  const cut = Math.min(days, longest);
  return (
    <figure className={styles.picture}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t("gapPicture", { share: percent(share, 0), days: number(days) })}>
        {[0.25, 0.5, 0.75, 1].map((line) => (
          <line key={line} x1="0" x2={WIDTH} y1={y(line)} y2={y(line)} className={styles.rule} />
        ))}
        <path d={`M0,${HEIGHT} L${path(cut)} L${x(cut).toFixed(1)},${HEIGHT} Z`} className={styles.covered} />
        <path d={`M${path(longest)}`} className={styles.curve} />
        <line x1={x(cut)} x2={x(cut)} y1="0" y2={HEIGHT} className={styles.cut} />
      </svg>
      <figcaption className={`${styles.ends} numbers`}>
        <span>{t("days", { count: number(0) })}</span>
        <span>{t("gapAxis")}</span>
        <span>{t("days", { count: number(longest) })}</span>
      </figcaption>
    </figure>
  );
}
