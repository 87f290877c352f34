import { Link } from "@tanstack/react-router";

import { SubNav } from "../../../ui/sub-nav";
import { useWords } from "../words";

const PLACES = ["messages", "blocks", "pictures", "brand"] as const;

/** Messages, and what they are made of. */
export function ContentNav() {
  const t = useWords();
  return (
    <SubNav label={t("contentNav")}>
      {PLACES.map((place) => (
        <Link key={place} to={`/${place}`} activeOptions={{ exact: true, includeSearch: false }} activeProps={{ "data-active": true }}>
          {t(`nav_${place}`)}
        </Link>
      ))}
    </SubNav>
  );
}
