import { useId } from "react";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { withDates } from "../../lib/with-dates";
import { type Recommendations } from "./api";
import styles from "./recommendations.module.css";
import { useShare } from "./use-share";
import { useWords } from "./words";

type Items = Recommendations["items"];

/** What to offer, apart: products new to the customer and those they buy again; the likeliest kind comes first. */
export function RecommendationsList({ items }: { items: Items }) {
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  return (
    <div className={styles.kinds}>
      {kinds.map((kind) => (
        <Kind key={kind} kind={kind} items={items.filter((one) => one.kind === kind)} />
      ))}
    </div>
  );
}

/** One line a product: what it is and costs, how likely, and why. */
function Kind({ kind, items }: { kind: Items[number]["kind"]; items: Items }) {
  const t = useWords();
  const say = useSay();
  const share = useShare();
  const { value, date } = useFormat();
  const title = useId();
  return (
    <section aria-labelledby={title}>
      <h3 id={title} className={styles.kind}>
        {t(kind === "new" ? "newToThem" : "boughtBefore")}
      </h3>
      <ol className={styles.list}>
        {items.map(({ product, chance, reason }) => (
          <li key={product.id}>
            <p className={styles.name}>{product.name}</p>
            <p className={styles.reason}>{withDates(say(reason), date)}</p>
            <p className={`${styles.figures} numbers`}>
              {product.price != null && <span>{value(product.price, "money")}</span>}
              {chance != null && <span>{t("chanceOfPurchase", { share: share(chance) })}</span>}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
