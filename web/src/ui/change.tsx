import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined } from "@ant-design/icons";

import styles from "./change.module.css";
import { useWords } from "./words";

export type Better = "up" | "down" | "none";
export type Verdict = "better" | "worse" | "neutral";

/** A move is good or bad only in the light of which way is better. */
export function verdictOf(moved: number, better: Better): Verdict {
  if (moved === 0 || better === "none") return "neutral";
  return moved > 0 === (better === "up") ? "better" : "worse";
}

interface Props {
  moved: number;
  better: Better;
  /** The move in words, formatted by whoever knows the unit. */
  text: string;
}

export function Change({ moved, better, text }: Props) {
  const t = useWords();
  const verdict = verdictOf(moved, better);
  const Icon = moved > 0 ? ArrowUpOutlined : moved < 0 ? ArrowDownOutlined : MinusOutlined;
  return (
    <span className={`${styles.change} ${styles[verdict]} numbers`}>
      <Icon aria-hidden />
      {text}
      {verdict !== "neutral" && <span className="visually-hidden"> ({t(verdict)})</span>}
    </span>
  );
}
