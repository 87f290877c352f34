import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { eventsQuery, type SeenEvent } from "./api";
import { ExpectEvent } from "./expect-event";
import styles from "./tracking.module.css";
import { useTypeName } from "./use-type-name";
import { useWords } from "./words";

const NEW: SeenEvent = { kind: "track", name: "", count: 0, first_at: null, last_at: null, properties: [], expected: null };
const KINDS = ["page", "screen", "identify", "group", "alias"] as const;

/** Which events arrive with which properties, and what is expected of them. */
export function EventsTab() {
  const t = useWords();
  const query = useQuery(eventsQuery);
  const may = useMay("tracking.manage");
  const [edited, setEdited] = useState<SeenEvent | null>(null);
  const declare = may && (
    <Button type="primary" onClick={() => setEdited(NEW)}>
      {t("expectNew")}
    </Button>
  );
  return (
    <Panel flush title={t("tab_events")} hint={t("eventsHint")} extra={declare}>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t("noneSeen")}>{t("noneSeenDetail")}</EmptyState> : <Events events={items} may={may} onEdit={setEdited} />)}
      </Loaded>
      {edited && <ExpectEvent event={edited} onClose={() => setEdited(null)} />}
    </Panel>
  );
}

function Events({ events, may, onEdit }: { events: SeenEvent[]; may: boolean; onEdit: (event: SeenEvent) => void }) {
  const t = useWords();
  const { dateTime, number } = useFormat();
  const kind = (one: SeenEvent) => KINDS.find((known) => known === one.kind);
  return (
    <DataTable<SeenEvent>
      label={t("tab_events")}
      rowKey={({ kind, name }) => `${kind}/${name}`}
      dataSource={events}
      pageSize={50}
      columns={[
        {
          key: "name",
          title: t("event"),
          render: (_, one) => {
            const known = kind(one);
            return (
              <div className={styles.event}>
                <b>{one.name || (known ? t(`kind_${known}`) : one.kind)}</b>
                {known && one.name && <span className="quiet">{t(`kind_${known}`)}</span>}
                {one.kind === "track" && <Badge tone={one.expected ? "accent" : "plain"}>{t(one.expected ? "expected" : "unexpected")}</Badge>}
                {one.expected?.note && <span className="quiet">{one.expected.note}</span>}
              </div>
            );
          },
        },
        { key: "properties", title: t("properties"), render: (_, one) => <Properties of={one} /> },
        { key: "count", title: t("count"), align: "right", render: (_, { count }) => number(count) },
        { key: "last", title: t("lastSeen"), render: (_, { last_at }) => (last_at ? dateTime(last_at) : t("never")) },
        {
          key: "acts",
          title: <span className="visually-hidden">{t("acts")}</span>,
          align: "right",
          render: (_, one) =>
            may &&
            one.kind === "track" && (
              <Button size="small" onClick={() => onEdit(one)}>
                {t(one.expected ? "change" : "expect")}
              </Button>
            ),
        },
      ]}
    />
  );
}

function Properties({ of }: { of: SeenEvent }) {
  const typeName = useTypeName();
  const wanted = new Map((of.expected?.properties ?? []).map((one) => [one.name, one]));
  const seen = new Map(of.properties.map((one) => [one.name, one.types.map(({ type }) => typeName(type)).join(" / ")]));
  const names = [...new Set([...wanted.keys(), ...seen.keys()])];
  if (names.length === 0) return <span className="quiet">–</span>;
  return (
    <dl className={styles.properties}>
      {names.slice(0, 12).map((name) => (
        <div key={name}>
          <dt>
            {name}
            {wanted.get(name)?.required && <span className={styles.star}> *</span>}
          </dt>
          <dd>{seen.get(name) ?? typeName(wanted.get(name)?.type ?? "")}</dd>
        </div>
      ))}
      {names.length > 12 && <div className="quiet">… +{names.length - 12}</div>}
    </dl>
  );
}
