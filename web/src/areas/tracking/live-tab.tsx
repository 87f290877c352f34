import { PauseOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { latelyQuery, type TrackedEvent } from "./api";
import styles from "./tracking.module.css";
import { useWords } from "./words";

const SHOWN = 4;
const KINDS = ["track", "page", "screen", "identify", "group", "alias"] as const;

/** Events as they arrive. */
export function LiveTab({ onKeys }: { onKeys: () => void }) {
  const t = useWords();
  const [going, setGoing] = useState(true);
  const query = useQuery(latelyQuery(going));
  const pause = (
    <Button size="small" icon={going ? <PauseOutlined /> : <PlayCircleOutlined />} onClick={() => setGoing(!going)}>
      {t(going ? "pause" : "resume")}
    </Button>
  );
  const first = (
    <Button type="primary" onClick={onKeys}>
      {t("toKeys")}
    </Button>
  );
  return (
    <Panel flush title={t("tab_live")} hint={t("liveHint")} extra={pause}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("noEvents")} action={first}>
              {t("noEventsDetail")}
            </EmptyState>
          ) : (
            <Events events={items} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Events({ events }: { events: TrackedEvent[] }) {
  const t = useWords();
  const say = useSay();
  const { moment } = useFormat();
  const kind = (one: TrackedEvent) => t(`kind_${KINDS.find((known) => known === one.kind) ?? "track"}`);
  const who = ({ user_id, anonymous_id }: TrackedEvent) =>
    user_id ? (
      <Link to="/customers/$customerId" params={{ customerId: user_id }}>
        {user_id}
      </Link>
    ) : (
      <span className="quiet">{t("visitor", { id: (anonymous_id ?? "").slice(0, 8) })}</span>
    );
  return (
    <DataTable<TrackedEvent>
      label={t("tab_live")}
      rowKey="id"
      dataSource={events}
      columns={[
        { key: "at", title: t("when"), render: (_, { at }) => <span className={styles.when}>{moment(at)}</span> },
        {
          key: "name",
          title: t("event"),
          render: (_, one) => (
            <div className={styles.event}>
              <b>{one.name || kind(one)}</b>
              {one.name && one.kind !== "track" && <span className="quiet">{kind(one)}</span>}
              {one.problems.map((problem) => (
                <Badge key={problem.en} tone="risk">
                  {say(problem)}
                </Badge>
              ))}
            </div>
          ),
        },
        { key: "who", title: t("who"), render: (_, one) => <span className={styles.id}>{who(one)}</span> },
        { key: "properties", title: t("properties"), render: (_, one) => <Properties of={one} /> },
        { key: "source", title: t("source"), render: (_, { source }) => source },
      ]}
    />
  );
}

function Properties({ of }: { of: TrackedEvent }) {
  const told = Object.entries(of.properties);
  if (told.length === 0) return <span className="quiet">–</span>;
  return (
    <dl className={styles.properties} title={JSON.stringify(of.properties)}>
      {told.slice(0, SHOWN).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
      {told.length > SHOWN && <div className="quiet">… +{told.length - SHOWN}</div>}
    </dl>
  );
}
