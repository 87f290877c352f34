import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { withDates } from "../../lib/with-dates";
import { Badge } from "../../ui/badge";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Example, exampleQuery } from "./api";
import styles from "./recommendations.module.css";
import { useWords } from "./words";

/** What a customer sees, with one who orders much as the example. */
export function ExamplePanel() {
  const t = useWords();
  const query = useQuery(exampleQuery(true));
  return (
    <Panel title={t("example")} hint={t("exampleHint")}>
      <Loaded query={query} skeleton={<Placeholder height={300} />}>
        {(found) =>
          !found || found.list.items.length === 0 ? (
            <p className="quiet">{t("noExample")}</p>
          ) : (
            <div className={styles.example}>
              <p>
                {t("listOf")} <Link to={customerPath(found.customer.id)}>{found.customer.name ?? t("nameless", { id: found.customer.id })}</Link>
              </p>
              <Items items={found.list.items} />
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Items({ items }: { items: Example["items"] }) {
  const t = useWords();
  const say = useSay();
  const { percent, shortValue, date } = useFormat();
  return (
    <ol className={styles.items} aria-label={t("example")}>
      {items.map(({ product, chance, kind, reason }) => (
        <li key={product.id}>
          <span className={styles.product}>
            <b>{product.name}</b> <Badge tone={kind === "new" ? "accent" : "plain"}>{t(`kind_${kind}`)}</Badge>
          </span>
          <span>{withDates(say(reason), date)}</span>
          <span className="quiet numbers">
            {[product.price === null ? null : shortValue(product.price, "money"), chance === null ? null : t("chance", { share: percent(chance, 0) })].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ol>
  );
}
