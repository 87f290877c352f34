import { type EChartsCoreOption } from "echarts/core";
import { type ReactNode, useEffect, useRef, useState } from "react";

import styles from "./chart.module.css";
import { useWords } from "./words";

interface Props {
  /** Read out instead of the picture: what is drawn here. */
  label: string;
  option: EChartsCoreOption;
  height: number;
  /** The same numbers as a table, for whoever cannot or will not read the picture. */
  table: ReactNode;
}

/** A picture with its numbers behind it. */
export function Chart({ label, option, height, table }: Props) {
  const t = useWords();
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={styles.figure}>
      {asTable ? (
        <div className={styles.scroll} style={{ maxHeight: height }} tabIndex={0} role="group" aria-label={label}>
          {table}
        </div>
      ) : (
        <Drawing label={label} option={option} height={height} />
      )}
      <figcaption className={styles.caption}>
        <button
          type="button"
          className={styles.toggle}
          onClick={() => {
            setAsTable(!asTable);
          }}
        >
          {asTable ? t("asChart") : t("asTable")}
          <span className="visually-hidden">: {label}</span>
        </button>
      </figcaption>
    </figure>
  );
}

type Drawn = ReturnType<(typeof import("./engine"))["init"]>;

function Drawing({ label, option, height }: Omit<Props, "table">) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);

  useEffect(() => {
    let live: Drawn | null = null;
    let gone = false;
    const watch = new ResizeObserver(() => {
      live?.resize();
    });
    void import("./engine").then(({ init }) => {
      if (gone || !place.current) return;
      live = init(place.current, undefined, { renderer: "svg" });
      watch.observe(place.current);
      setDrawn(live);
    });
    return () => {
      gone = true;
      watch.disconnect();
      live?.dispose();
    };
  }, []);

  useEffect(() => {
    drawn?.setOption(option, { notMerge: true });
  }, [drawn, option]);

  return <div ref={place} className={styles.drawing} role="img" aria-label={label} style={{ height }} />;
}
