import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { type Recommendations } from "./api";
import styles from "./recommendations.module.css";
import { useShare } from "./use-share";
import { useWords } from "./words";

/** A date stays on one line: its hyphens do not break. */
const unbroken = (sentence: string) => sentence.replace(/(\d)-(?=\d)/g, "$1\u2011");

/** One line a product: what it is and costs, whether it is new to the customer, how likely, and why. */
export function RecommendationsList({ items }: { items: Recommendations["items"] }) {
  const t = useWords();
  const say = useSay();
  const share = useShare();
  const { value } = useFormat();
  return (
    <ol className={styles.list}>
      {items.map(({ product, kind, chance, reason }) => (
        <li key={product.id}>
          <div className={styles.product}>
            <span className={styles.name}>{product.name}</span>
            <Badge tone={kind === "new" ? "accent" : "plain"}>{t(kind === "new" ? "newToThem" : "boughtBefore")}</Badge>
          </div>
          <p className={styles.reason}>{unbroken(say(reason))}</p>
          <p className={`${styles.figures} numbers`}>
            {product.price != null && <span>{value(product.price, "money")}</span>}
            {chance != null && <span>{t("chanceOfPurchase", { share: share(chance) })}</span>}
          </p>
        </li>
      ))}
    </ol>
  );
}
