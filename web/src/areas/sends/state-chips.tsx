import { useQuery } from "@tanstack/react-query";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Loaded } from "../../ui/loaded";
import { Placeholder } from "../../ui/placeholder";
import { countsQuery } from "./api";
import { type SendsSearch } from "./search";
import styles from "./sends.module.css";
import { useWords } from "./words";

interface Props {
  search: SendsSearch;
  onChange: (part: SendsSearch) => void;
}

/** How many sends are in each state; pressing one shows only those. */
export function StateChips({ search, onChange }: Props) {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const query = useQuery(countsQuery(search));
  return (
    <Loaded query={query} skeleton={<Placeholder height={32} />}>
      {({ items }) => (
        <div role="group" aria-label={t("states")} className={`${styles.states} numbers`}>
          <button type="button" className={styles.state} aria-pressed={search.state === undefined} onClick={() => onChange({ state: undefined })}>
            {t("all")} {number(items.reduce((sum, { count }) => sum + count, 0))}
          </button>
          {items.map(({ state, label, count }) => (
            <button key={state} type="button" className={styles.state} aria-pressed={search.state === state} onClick={() => onChange({ state })}>
              {say(label)} {number(count)}
            </button>
          ))}
        </div>
      )}
    </Loaded>
  );
}
