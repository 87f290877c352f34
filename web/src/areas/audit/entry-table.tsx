import { Link } from "@tanstack/react-router";

import { MISSING } from "../../lib/format";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { type Entry } from "./api";
import styles from "./audit.module.css";
import { changesOf } from "./changes";
import { useActNames } from "./use-act-names";
import { useWords } from "./words";

/** One line for each act; what changed opens below it. */
export function EntryTable({ entries }: { entries: Entry[] }) {
  const t = useWords();
  const { dateTime } = useFormat();
  const words = useActNames();
  return (
    <DataTable<Entry>
      label={t("title")}
      rowKey="id"
      pageSize={50}
      dataSource={entries}
      expandable={{ columnTitle: <span className="visually-hidden">{t("details")}</span>, expandedRowRender: (entry) => <Changes entry={entry} />, rowExpandable: (entry) => changesOf(entry).length > 0 }}
      columns={[
        { key: "at", title: t("at"), render: (_, { at }) => dateTime(at) },
        { key: "actor", title: t("actor"), render: (_, entry) => words.actor(entry) },
        { key: "act", title: t("act"), render: (_, { act }) => words.act(act) },
        { key: "subject", title: t("subject"), render: (_, entry) => <Subject entry={entry} /> },
      ]}
    />
  );
}

function Subject({ entry: { subject_kind: kind, subject_id: id } }: { entry: Entry }) {
  const { subject } = useActNames();
  if (kind === "customer") return <Link to={customerPath(id)}>{id}</Link>;
  if (kind === "import") {
    return (
      <Link to="/imports/$importId" params={{ importId: id }}>
        {subject(kind)}
      </Link>
    );
  }
  return <>{subject(kind)}</>;
}

function Changes({ entry }: { entry: Entry }) {
  const t = useWords();
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">{t("field")}</th>
          <th scope="col">{t("before")}</th>
          <th scope="col">{t("after")}</th>
        </tr>
      </thead>
      <tbody>
        {changesOf(entry).map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before ?? MISSING}</td>
            <td>{after ?? MISSING}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
