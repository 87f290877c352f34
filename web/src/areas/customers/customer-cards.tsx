import { type Customer, type CustomerField } from "./api";
import { useCell, useColumnName, Who } from "./columns";
import styles from "./customers.module.css";
import { TierBadge } from "./tier-badge";

interface Props {
  customers: Customer[];
  columns: readonly string[];
  fields: readonly CustomerField[];
}

/** The list on a phone: a card for each customer, with the chosen columns as lines. */
export function CustomerCards({ customers, columns, fields }: Props) {
  const nameOf = useColumnName(fields);
  const cell = useCell();
  return (
    <ul className={styles.cards}>
      {customers.map((customer) => (
        <li key={customer.id} className={styles.card}>
          <div className={styles.cardHead}>
            <Who customer={customer} />
            {customer.tier && <TierBadge tier={customer.tier} />}
          </div>
          <dl className={`${styles.lines} numbers`}>
            {columns
              .filter((name) => name !== "tier")
              .map((name) => (
                <div key={name}>
                  <dt>{nameOf(name)}</dt>
                  <dd>{cell(name, customer)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
