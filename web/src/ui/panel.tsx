import { type ReactNode, useId } from "react";

import styles from "./panel.module.css";

interface Props {
  title?: ReactNode;
  /** One line under the title: how to read what follows. */
  hint?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  /** Content that brings its own padding, such as a table. */
  flush?: boolean;
}

/** The one card of the house: a titled surface. */
export function Panel({ title, hint, extra, children, flush = false }: Props) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={title ? id : undefined}>
      {(title || extra) && (
        <div className={styles.head}>
          <div className={styles.words}>
            {title && (
              <h2 id={id} className={styles.title}>
                {title}
              </h2>
            )}
            {hint && <p className={styles.hint}>{hint}</p>}
          </div>
          {extra && <div className={styles.extra}>{extra}</div>}
        </div>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
