import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";

import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { timelineQuery } from "./api";
import { byDay, type Kind, KINDS } from "./timeline-days";
import { TimelineItem } from "./timeline-item";
import styles from "./timeline.module.css";
import { useWords } from "./words";

/** Everything that happened with one customer, newest first, a day at a time. */
export function TimelinePanel({ id }: { id: string }) {
  const t = useWords();
  const { date } = useFormat();
  const [kinds, setKinds] = useState<Kind[]>([]);
  const query = useInfiniteQuery(timelineQuery(id));
  const filter = (
    <Select
      aria-label={t("kinds")}
      placeholder={t("kinds")}
      mode="multiple"
      maxTagCount="responsive"
      style={{ width: 210 }}
      value={kinds}
      options={KINDS.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
      onChange={setKinds}
    />
  );
  return (
    <Panel title={t("timeline")} extra={filter}>
      <Loaded query={query} skeleton={<Placeholder height={520} />}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
          return (
            <>
              {entries.length === 0 && !query.hasNextPage && <EmptyState title={t("noTimeline")}>{t("noTimelineDetail")}</EmptyState>}
              {byDay(entries, date).map((day) => (
                <section key={day.date} className={styles.day} aria-label={day.date}>
                  <h3>{day.date}</h3>
                  <ol>
                    {day.entries.map((entry, at) => (
                      <TimelineItem key={`${entry.kind} ${entry.ref} ${entry.at} ${at}`} entry={entry} />
                    ))}
                  </ol>
                </section>
              ))}
              {query.hasNextPage && (
                <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t("earlier")}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
