import { useQuery } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { useContactNames } from "../../lib/contact/names";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { readingQuery } from "./api";
import styles from "./messages.module.css";
import { useWords } from "./words";

type Reading = components["schemas"]["ChannelReading"];

const SILENT = ["email", "sms", "push", "wecom", "webhook"] as const;

/** What people opened and pressed over each channel; what machines did is counted apart, what nobody measures is said so. */
export function ReadingPanel({ id }: { id: string }) {
  const t = useWords();
  const names = useContactNames();
  const { number } = useFormat();
  const query = useQuery(readingQuery(id));
  return (
    <Panel title={t("reading")} hint={t("readingHint")}>
      <Loaded query={query} skeleton={<Placeholder height={120} />}>
        {({ channels, links }) => (
          <>
            <div className={styles.inPanel}>
              <DataTable<Reading>
                label={t("reading")}
                rowKey="channel"
                dataSource={channels}
                columns={[
                  { key: "channel", title: t("over"), render: (_, { channel }) => names.channel(channel) },
                  { key: "sent", title: t("sentCount"), align: "right", render: (_, { sent }) => number(sent) },
                  { key: "opened", title: t("openedBy"), align: "right", render: (_, one) => <Share count={one.opened} of={one.sent} machines={one.opened_by_machines} /> },
                  { key: "clicked", title: t("clickedBy"), align: "right", render: (_, one) => <Share count={one.clicked} of={one.sent} machines={one.clicked_by_machines} /> },
                ]}
              />
            </div>
            {SILENT.filter((silent) => channels.some(({ channel, opened, clicked }) => channel === silent && (opened === null || clicked === null))).map((silent) => (
              <p key={silent} className={styles.small}>
                {t(`unmeasured_${silent}`)}
              </p>
            ))}
            {links.length > 0 && (
              <div className={styles.inPanel}>
                <DataTable
                  label={t("links")}
                  rowKey="link"
                  dataSource={links}
                  pageSize={10}
                  columns={[
                    { key: "link", title: t("links"), render: (_, { link }) => <span className={styles.link}>{link}</span> },
                    { key: "people", title: t("pressedBy"), align: "right", render: (_, { people }) => number(people) },
                  ]}
                />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function Share({ count, of, machines }: { count: number | null; of: number; machines: number | null }) {
  const t = useWords();
  const { number, percent } = useFormat();
  if (count === null) return <span className="quiet">{t("notMeasured")}</span>;
  return (
    <>
      {number(count)}
      {of > 0 && ` · ${percent(count / of)}`}
      {machines ? <div className={styles.small}>{t("machines", { count: number(machines) })}</div> : null}
    </>
  );
}
