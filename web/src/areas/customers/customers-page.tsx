import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button, Grid } from "antd";
import { useCallback, useState } from "react";

import { IMPORTS_PATH } from "../../lib/paths";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type CustomerField, type CustomerList, customersQuery, fieldsQuery } from "./api";
import { ColumnChooser } from "./column-chooser";
import { DEFAULT_COLUMNS } from "./columns";
import { CustomerCards } from "./customer-cards";
import { CustomersTable } from "./customers-table";
import styles from "./customers.module.css";
import { ExportButton } from "./export-button";
import { FilterBar } from "./filter-bar";
import { Pager } from "./pager";
import { SavedFilters } from "./saved-filters";
import { SearchBox } from "./search-box";
import { type CustomersSearch, DEFAULT_SORT } from "./search";
import { SortSelect } from "./sort-select";
import { useWords } from "./words";

const route = getRouteApi("/desk/customers");

/** Everybody there is: searched, filtered, sorted by the server, a page at a time. */
export function CustomersPage() {
  const t = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const phone = !(Grid.useBreakpoint().md ?? true);
  const query = useQuery(customersQuery(search));
  const fields = useQuery(fieldsQuery).data ?? [];
  const columns = search.columns ?? DEFAULT_COLUMNS;
  // Another question begins on its first page.
  const ask = useCallback(
    (part: CustomersSearch) => void navigate({ search: (now) => ({ ...now, cursor: undefined, page: undefined, ...part }), replace: true }),
    [navigate],
  );
  const find = useCallback((q: string) => ask({ q: q || undefined }), [ask]);
  const sort = search.sort ?? DEFAULT_SORT;
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={<ExportButton search={search} />} />
      <div className={styles.bar}>
        <SearchBox value={search.q ?? ""} onSearch={find} />
        <FilterBar fields={fields} filter={search.filter ?? []} onChange={(filter) => ask({ filter: filter.length > 0 ? filter : undefined })} />
        <span className={styles.gap} />
        {phone && <SortSelect fields={fields} sort={sort} onChange={(chosen) => ask({ sort: chosen })} />}
        <SavedFilters search={search} onChoose={(chosen) => ask({ q: undefined, filter: undefined, ...chosen })} />
        <ColumnChooser fields={fields} columns={columns} onChange={(chosen) => void navigate({ search: (now) => ({ ...now, columns: chosen }), replace: true })} />
      </div>
      <Loaded query={query} skeleton={<Placeholder height={720} />}>
        {(list) => <Found {...{ list, fields, columns, search, phone }} onSort={(chosen) => ask({ sort: chosen })} onClear={() => ask({ q: undefined, filter: undefined })} />}
      </Loaded>
    </div>
  );
}

interface FoundProps {
  list: CustomerList;
  fields: readonly CustomerField[];
  columns: readonly string[];
  search: CustomersSearch;
  phone: boolean;
  onSort: (sort: string | undefined) => void;
  onClear: () => void;
}

function Found({ list, fields, columns, search, phone, onSort, onClear }: FoundProps) {
  const steps = useSteps(search);
  if (list.items.length === 0) return <Nobody asked={Boolean(search.q ?? search.filter)} onClear={onClear} />;
  const table = <CustomersTable customers={list.items} columns={columns} fields={fields} sort={search.sort ?? DEFAULT_SORT} onSort={onSort} />;
  return (
    <div className="stack">
      {phone ? <CustomerCards customers={list.items} columns={columns} fields={fields} /> : <Panel flush>{table}</Panel>}
      <Pager list={list} page={search.page ?? 1} {...steps} />
    </div>
  );
}

/** Forward by the cursor; back by remembering where each page came from, or to the first page. */
function useSteps({ cursor, page = 1 }: CustomersSearch) {
  const navigate = route.useNavigate();
  const [trail, setTrail] = useState<Record<string, string | undefined>>({});
  return {
    onNext: (next: string) => {
      setTrail({ ...trail, [next]: cursor });
      void navigate({ search: (now) => ({ ...now, cursor: next, page: page + 1 }) });
    },
    onPrevious: () => {
      const before = cursor ? trail[cursor] : undefined;
      void navigate({ search: (now) => ({ ...now, cursor: before, page: before ? page - 1 : undefined }) });
    },
  };
}

function Nobody({ asked, onClear }: { asked: boolean; onClear: () => void }) {
  const t = useWords();
  const action = asked ? <Button onClick={onClear}>{t("clear")}</Button> : <Link to={IMPORTS_PATH}>{t("toImport")}</Link>;
  return (
    <Panel>
      <EmptyState title={asked ? t("nobodyFound") : t("nobodyYet")} action={action}>
        {asked ? t("nobodyFoundDetail") : t("nobodyYetDetail")}
      </EmptyState>
    </Panel>
  );
}
