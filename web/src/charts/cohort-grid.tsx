import { type CSSProperties, type ReactNode } from "react";

import styles from "./cohort-grid.module.css";
import { useWords } from "./words";

export interface Cell {
  index: number;
  /** Decides the colour, between 0 and 1; null when there is nothing to compare with. */
  share: number | null;
  text: string;
  /** False while its window is not over: hatched, and left out of means by whoever computed them. */
  mature: boolean;
}

export interface CohortRow {
  name: string;
  size: string;
  cells: readonly Cell[];
}

interface Props {
  label: string;
  /** The head of the first column. */
  corner: string;
  rows: readonly CohortRow[];
  /** Rows under the cohorts, such as means; they share the columns. */
  footer?: readonly CohortRow[];
  columnName: (index: number) => string;
  /** The share that takes the full colour. */
  top?: number;
}

/** Groups by when they began, and what became of them: a real table whose cells are tinted. */
export function CohortGrid({ label, corner, rows, footer = [], columnName, top = 1 }: Props) {
  const t = useWords();
  const width = Math.max(0, ...[...rows, ...footer].flatMap(({ cells }) => cells.map(({ index }) => index + 1)));
  const columns = Array.from({ length: width }, (_, index) => index);
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={styles.grid}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            <th scope="col">{t("size")}</th>
            {columns.map((index) => (
              <th key={index} scope="col">
                {columnName(index)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map((row) => renderRow(row, columns, top, t("notOver")))}</tbody>
        {footer.length > 0 && <tfoot>{footer.map((row) => renderRow(row, columns, top, t("notOver")))}</tfoot>}
      </table>
    </div>
  );
}

function renderRow({ name, size, cells }: CohortRow, columns: readonly number[], top: number, notOver: string): ReactNode {
  const at = new Map(cells.map((cell) => [cell.index, cell]));
  return (
    <tr key={name}>
      <th scope="row">{name}</th>
      <td className={styles.size}>{size}</td>
      {columns.map((index) => {
        const cell = at.get(index);
        return cell ? <Tinted key={index} cell={cell} top={top} notOver={notOver} /> : <td key={index} />;
      })}
    </tr>
  );
}

function Tinted({ cell, top, notOver }: { cell: Cell; top: number; notOver: string }) {
  const strength = cell.share === null || top <= 0 ? 0 : Math.max(0, Math.min(1, cell.share / top));
  const style = { "--strength": `${Math.round(strength * 100)}%` } as CSSProperties;
  return (
    <td className={`${styles.cell} ${cell.mature ? "" : styles.open}`} style={style} title={cell.mature ? undefined : notOver}>
      {cell.text}
      {!cell.mature && <span className="visually-hidden"> ({notOver})</span>}
    </td>
  );
}
