import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { App, Button, Segmented } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Badge, type Tone } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { useComplain } from "../../ui/use-complain";
import { Acts, type ActsProps } from "./acts";
import { deliveriesQuery, type Delivery, deliveryQuery, type State, useReplayDead, useReplayOne, type WebhookTopic } from "./api";
import { useWords } from "./words";
import styles from "./webhooks.module.css";

const TONES: Record<string, Tone> = { waiting: "warn", delivered: "accent", dead: "risk" };
const STATES = ["waiting", "delivered", "dead"] as const;

/** What one receiver was told, newest first; what was given up is told again here. */
export function Deliveries({ topics, ...acts }: ActsProps & { topics: WebhookTopic[] }) {
  const { webhook } = acts;
  const t = useWords();
  const { message } = App.useApp();
  const mayWrite = useMay("settings.write");
  const complain = useComplain();
  const [state, setState] = useState<State | "">("");
  const query = useInfiniteQuery(deliveriesQuery(webhook.id, state || undefined));
  const replay = useReplayDead();
  const again = () =>
    replay.mutate(webhook.id, { onSuccess: ({ again: count }) => void message.success(t("toldAgain", { count })), onError: complain });
  const extra = (
    <span className={styles.acts}>
      {mayWrite && webhook.dead > 0 && (
        <Button size="small" loading={replay.isPending} onClick={again}>
          {t("againAll")}
        </Button>
      )}
      <Segmented<State | "">
        aria-label={t("state")}
        size="small"
        value={state}
        options={[{ value: "", label: t("every") }, ...STATES.map((one) => ({ value: one, label: t(one) }))]}
        onChange={setState}
      />
    </span>
  );
  return (
    <Panel title={t("deliveries")} hint={webhook.url} extra={extra} flush>
      {mayWrite && <Acts {...acts} />}
      <Loaded query={query} skeleton={<Placeholder height={260} />}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <EmptyState title={t("noDeliveries")}>{t("noDeliveriesDetail")}</EmptyState>;
          return <DeliveryTable label={t("deliveriesOf", { url: webhook.url })} rows={rows} topics={topics} />;
        }}
      </Loaded>
      {query.hasNextPage && (
        <p className={styles.earlier}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("earlier")}
          </Button>
        </p>
      )}
    </Panel>
  );
}

function DeliveryTable({ label, rows, topics }: { label: string; rows: Delivery[]; topics: WebhookTopic[] }) {
  const t = useWords();
  const say = useSay();
  const { dateTime, number } = useFormat();
  const mayWrite = useMay("settings.write");
  const complain = useComplain();
  const replay = useReplayOne();
  const labels = new Map([["webhook.test", t("testEvent")], ...topics.map(({ name, label: words }) => [name, say(words)] as const)]);
  return (
    <DataTable<Delivery>
      label={label}
      rowKey="id"
      dataSource={rows}
      expandable={mayWrite ? { expandedRowRender: ({ id }) => <Body id={id} /> } : undefined}
      columns={[
        {
          key: "event",
          title: t("event"),
          render: (_, { topic, event_id }) => (
            <span className={styles.event}>
              <b>{labels.get(topic) ?? topic}</b>
              <code className="quiet">{event_id}</code>
            </span>
          ),
        },
        { key: "state", title: t("state"), render: (_, one) => <Badge tone={TONES[one.state]}>{t(one.state as State)}</Badge> },
        { key: "answer", title: t("answer"), render: (_, { answer }) => <span className={styles.answer}>{answer ? answer : MISSING}</span> },
        { key: "tries", title: t("tries"), align: "right", render: (_, { tries }) => number(tries) },
        { key: "first", title: t("first"), render: (_, { first_at }) => dateTime(first_at) },
        { key: "next", title: t("next"), render: (_, { state, due_at }) => (state === "waiting" ? dateTime(due_at) : MISSING) },
        {
          key: "again",
          title: <span className="visually-hidden">{t("again")}</span>,
          align: "right",
          render: (_, { id, state }) =>
            mayWrite &&
            state !== "waiting" && (
              <Button size="small" onClick={() => replay.mutate(id, { onError: complain })}>
                {t("again")}
              </Button>
            ),
        },
      ]}
    />
  );
}

function Body({ id }: { id: string }) {
  const t = useWords();
  const query = useQuery(deliveryQuery(id));
  return (
    <Loaded query={query} skeleton={<Placeholder height={60} />}>
      {({ body }) => <pre className={styles.body} aria-label={t("body")}>{JSON.stringify(JSON.parse(body), null, 2)}</pre>}
    </Loaded>
  );
}
