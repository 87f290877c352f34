import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";

import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { DataTable } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Import, importsQuery } from "./api";
import { StateBadge } from "./state-badge";
import { UndoButton } from "./undo-button";
import { useKindName } from "./use-kind-name";
import { useWords } from "./words";

/** Every file that came in, newest first; a finished one can be taken out again. */
export function ImportList() {
  const t = useWords();
  const query = useInfiniteQuery(importsQuery);
  return (
    <Panel title={t("earlier")} flush>
      <Loaded query={query} skeleton={<Placeholder height={300} />}>
        {({ pages }) => {
          const imports = pages.flatMap(({ items }) => items);
          if (imports.length === 0) return <EmptyState title={t("none")}>{t("noneDetail")}</EmptyState>;
          return (
            <>
              <ImportTable imports={imports} />
              {query.hasNextPage && (
                <Button type="link" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t("more")}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function ImportTable({ imports }: { imports: Import[] }) {
  const t = useWords();
  const { dateTime, number } = useFormat();
  const kindName = useKindName();
  return (
    <DataTable<Import>
      label={t("earlier")}
      rowKey="id"
      dataSource={imports}
      columns={[
        {
          key: "file",
          title: t("file"),
          render: (_, told) => (
            <Link to="/imports/$importId" params={{ importId: told.id }}>
              {told.file_name}
            </Link>
          ),
        },
        { key: "state", title: t("state"), render: (_, { state }) => <StateBadge state={state} /> },
        { key: "kind", title: t("kind"), render: (_, told) => kindName(told) },
        { key: "rows", title: t("rows"), align: "right", render: (_, { rows }) => number(rows) },
        { key: "inserted", title: t("inserted"), align: "right", render: (_, { counts, state }) => (counts && state === "done" ? number(counts.inserted) : MISSING) },
        { key: "bad", title: t("bad"), align: "right", render: (_, { counts }) => (counts ? number(counts.bad) : MISSING) },
        { key: "at", title: t("at"), render: (_, told) => dateTime(told.created_at) },
        { key: "undo", title: <span className="visually-hidden">{t("undo")}</span>, render: (_, told) => told.state === "done" && <UndoButton told={told} size="small" /> },
      ]}
    />
  );
}
