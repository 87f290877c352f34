import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";

import { useSay } from "../../i18n/text";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { useForget, type Violation, violationsQuery } from "./api";
import styles from "./tracking.module.css";
import { useTypeName } from "./use-type-name";
import { useWords } from "./words";

/** How events were not as expected: which, why, how often, and the newest samples. */
export function ViolationsTab() {
  const t = useWords();
  const query = useQuery(violationsQuery);
  const may = useMay("tracking.manage");
  const any = (query.data?.items.length ?? 0) > 0;
  return (
    <Panel flush title={t("tab_violations")} hint={t("violationsHint")} extra={may && any && <Forget />}>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t("noViolations")}>{t("noViolationsDetail")}</EmptyState> : <Violations items={items} />)}
      </Loaded>
    </Panel>
  );
}

function Violations({ items }: { items: Violation[] }) {
  const t = useWords();
  const say = useSay();
  const typeName = useTypeName();
  const { dateTime, number } = useFormat();
  const found = ({ samples }: Violation) => [...new Set(samples.map((one) => one.found).filter((one): one is string => typeof one === "string" && one !== ""))];
  return (
    <DataTable<Violation>
      label={t("tab_violations")}
      rowKey={({ source, event, code, property }) => [source, event, code, property].join("/")}
      dataSource={items}
      pageSize={50}
      expandable={{ expandedRowRender: (one) => <Samples of={one} /> }}
      columns={[
        {
          key: "event",
          title: t("event"),
          render: (_, { event, source }) => (
            <div className={styles.event}>
              <b>{event || "–"}</b>
              <span className="quiet">{source}</span>
            </div>
          ),
        },
        {
          key: "problem",
          title: t("problem"),
          render: (_, one) => (
            <div className={styles.event}>
              {one.property && <code>{one.property}</code>}
              <span className={styles.reason}>{say(one.reason)}</span>
              {found(one).length > 0 && <span className="quiet">{t("found", { type: found(one).map(typeName).join(" / ") })}</span>}
            </div>
          ),
        },
        { key: "refused", title: t("took"), render: (_, { refused }) => <Badge tone={refused ? "risk" : "plain"}>{t(refused ? "refused" : "took")}</Badge> },
        { key: "count", title: t("count"), align: "right", render: (_, { count }) => number(count) },
        { key: "last", title: t("lastSeen"), render: (_, { last_at }) => dateTime(last_at) },
      ]}
    />
  );
}

function Samples({ of }: { of: Violation }) {
  const t = useWords();
  const { dateTime } = useFormat();
  return (
    <div className={styles.samples}>
      <b>{t("samples")}</b>
      {of.samples.map((one, at) => (
        <div key={at}>
          <span className={styles.when}>{typeof one.at === "string" ? dateTime(one.at.includes("+") || one.at.endsWith("Z") ? one.at : `${one.at}Z`) : ""}</span> {typeof one.id === "string" && <code>{one.id}</code>}
        </div>
      ))}
    </div>
  );
}

function Forget() {
  const t = useWords();
  const { modal } = App.useApp();
  const complain = useComplain();
  const forgetting = useForget();
  const forget = () =>
    void modal.confirm({
      title: t("forgetTitle"),
      content: t("forgetDetail"),
      okText: t("forget"),
      cancelText: t("cancel"),
      onOk: () => forgetting.mutateAsync().catch(complain),
    });
  return (
    <Button size="small" onClick={forget}>
      {t("forget")}
    </Button>
  );
}
