import { useQuery } from "@tanstack/react-query";

import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { Loaded } from "../../ui/loaded";
import { Meter } from "../../ui/meter";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { readingQuery } from "./api";
import styles from "./messages.module.css";
import { useWords } from "./words";

/** What people opened and pressed; machines that look into mails are counted apart. */
export function ReadingPanel({ id }: { id: string }) {
  const t = useWords();
  const { number, percent } = useFormat();
  const query = useQuery(readingQuery(id));
  return (
    <Panel title={t("reading")} hint={t("readingHint")}>
      <Loaded query={query} skeleton={<Placeholder height={120} />}>
        {({ sent, opened, clicked, opened_by_machines, clicked_by_machines, links }) => {
          const rows = [
            { name: t("openedBy"), count: opened, machines: opened_by_machines },
            { name: t("clickedBy"), count: clicked, machines: clicked_by_machines },
          ];
          return (
            <>
              <ul className={styles.states}>
                {rows.map(({ name, count, machines }) => (
                  <li key={name}>
                    <span>{name}</span>
                    <span>
                      <Meter share={sent > 0 ? count / sent : 0} text={`${number(count)} · ${sent > 0 ? percent(count / sent) : "–"}`} /> {machines > 0 && <span className={styles.small}>{t("machines", { count: number(machines) })}</span>}
                    </span>
                  </li>
                ))}
              </ul>
              {links.length > 0 && <DataTable label={t("links")} rowKey="link" dataSource={links} pageSize={10} columns={[{ key: "link", title: t("links"), className: styles.wide, render: (_, { link }) => link }, { key: "people", title: t("pressedBy"), align: "right", render: (_, { people }) => number(people) }]} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
