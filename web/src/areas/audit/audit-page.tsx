import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Button, Select } from "antd";

import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Field } from "../../ui/field";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { auditQuery, type Entry } from "./api";
import { EntryTable } from "./entry-table";
import { type AuditSearch, matching } from "./search";
import { useActNames } from "./use-act-names";
import { useWords } from "./words";

const route = getRouteApi("/desk/audit");

/** Who changed or took what, and when; nothing here can be changed. */
export function AuditPage() {
  const t = useWords();
  const { number } = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(auditQuery);
  const change = (part: AuditSearch) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Loaded query={query} skeleton={<Placeholder height={640} />}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          const shown = matching(entries, search);
          return (
            <div className="stack">
              <Filters entries={entries} search={search} onChange={change} />
              <Panel flush>{shown.length === 0 ? <EmptyState title={t("none")}>{t("noneDetail")}</EmptyState> : <EntryTable entries={shown} />}</Panel>
              {query.hasNextPage && (
                <div className="controls">
                  <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {t("earlier")}
                  </Button>
                  <span className="quiet">{t("loaded", { count: number(entries.length) })}</span>
                </div>
              )}
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

const ALL = "";

interface FiltersProps {
  entries: readonly Entry[];
  search: AuditSearch;
  onChange: (part: AuditSearch) => void;
}

function Filters({ entries, search, onChange }: FiltersProps) {
  const t = useWords();
  const words = useActNames();
  const actors = new Map(entries.map((entry) => [entry.actor_id, words.actor(entry)]));
  const subjects = [...new Set(entries.map(({ subject_kind }) => subject_kind))].sort();
  return (
    <div className="controls">
      <Field label={t("actor")}>
        <Select
          aria-label={t("actor")}
          style={{ width: 220 }}
          value={search.actor ?? ALL}
          options={[{ value: ALL, label: t("everybody") }, ...[...actors].map(([id, name]) => ({ value: id, label: name }))]}
          onChange={(actor) => onChange({ actor: actor || undefined })}
        />
      </Field>
      <Field label={t("subject")}>
        <Select
          aria-label={t("subject")}
          style={{ width: 200 }}
          value={search.subject ?? ALL}
          options={[{ value: ALL, label: t("everything") }, ...subjects.map((kind) => ({ value: kind, label: words.subject(kind) }))]}
          onChange={(subject) => onChange({ subject: subject || undefined })}
        />
      </Field>
    </div>
  );
}
