import { useQuery } from "@tanstack/react-query";

import { useFormat } from "../../lib/use-format";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { recommendationsQuery, type Recommendations } from "./api";
import { RecommendationsList } from "./recommendations-list";
import { useWords } from "./words";

/** The products this customer is likeliest to buy next, and why. */
export function RecommendationsPanel({ id }: { id: string }) {
  const t = useWords();
  return (
    <Loaded query={useQuery(recommendationsQuery(id))} skeleton={<Placeholder height={420} />}>
      {(found) => (
        <Panel title={t("recommendations")} hint={<Hint found={found} />}>
          {found.items.length > 0 ? <RecommendationsList items={found.items} /> : <p className="quiet">{t("noRecommendations")}</p>}
        </Panel>
      )}
    </Loaded>
  );
}

function Hint({ found }: { found: Recommendations }) {
  const t = useWords();
  const { number, date } = useFormat();
  if (found.items.length === 0 || found.as_of == null) return null;
  const day = date(found.as_of);
  return <>{found.horizon_days == null ? t("recommendedUnjudged", { day }) : t("recommendedWithin", { days: number(found.horizon_days, 0), day })}</>;
}
