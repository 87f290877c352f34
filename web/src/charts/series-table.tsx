import styles from "./chart.module.css";
import { useWords } from "./words";

export interface Series {
  name: string;
  values: readonly (number | null)[];
}

interface Props {
  label: string;
  categories: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
}

/** The numbers of a chart: one row per category, one column per series. */
export function SeriesTable({ label, categories, series, format }: Props) {
  const t = useWords();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          <td />
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {categories.map((category, row) => (
          <tr key={category}>
            <th scope="row">{category}</th>
            {series.map(({ name, values }) => {
              const value = values[row];
              return <td key={name}>{value == null ? t("missing") : format(value)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
