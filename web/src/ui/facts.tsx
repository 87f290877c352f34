import { type ReactNode } from "react";

import styles from "./facts.module.css";

export interface Fact {
  name: string;
  value: ReactNode;
}

/** Names and values in two quiet columns. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={`${styles.facts} numbers`}>
      {facts.map(({ name, value }) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
