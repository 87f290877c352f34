import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent } from "react";

import { customerPath } from "../../lib/paths";
import { DataTable } from "../../ui/data-table";
import { type Customer, type CustomerField } from "./api";
import { useTableColumns } from "./columns";
import styles from "./customers.module.css";
import { useWords } from "./words";

interface Props {
  customers: Customer[];
  columns: readonly string[];
  fields: readonly CustomerField[];
  sort: string;
  onSort: (sort: string | undefined) => void;
}

/** The list as a table: sorted by the server, walked with the arrow keys, opened with Enter. */
export function CustomersTable({ customers, columns, fields, sort, onSort }: Props) {
  const t = useWords();
  const navigate = useNavigate();
  return (
    <div className={styles.table} onKeyDown={walk}>
      <DataTable<Customer>
        label={t("title")}
        rowKey="id"
        columns={useTableColumns({ names: columns, fields, sort })}
        dataSource={customers}
        showSorterTooltip={false}
        sortDirections={["descend", "ascend"]}
        onChange={(_, __, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          const name = String(one?.columnKey ?? "");
          onSort(one?.order ? `${one.order === "descend" ? "-" : ""}${name}` : undefined);
        }}
        onRow={({ id }) => ({
          onClick: ({ target }) => {
            if (target instanceof Element && !target.closest("a, button")) void navigate({ to: customerPath(id) });
          },
        })}
      />
    </div>
  );
}

/** Up and down move between the customers; Enter follows the link that has the focus. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a[data-customer]")];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? links[0] : links[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
