import { Table, type TableProps } from "antd";
import { useEffect, useRef } from "react";

import styles from "./data-table.module.css";

interface Props<R> extends Omit<TableProps<R>, "pagination" | "title"> {
  /** Read out when the table is reached by keyboard. */
  label: string;
  /** Longer tables are cut into pages in the browser; leave out when the server pages. */
  pageSize?: number;
}

/** A table that scrolls sideways on a phone, also by keyboard, and keeps its digits in columns. */
export function DataTable<R extends object>({ label, pageSize, columns, ...table }: Props<R>) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The scrolling box is inside antd's table and takes no properties of ours.
    const box = place.current?.querySelector(".ant-table-content");
    box?.setAttribute("tabindex", "0");
    box?.setAttribute("role", "group");
    box?.setAttribute("aria-label", label);
  }, [label]);
  const paged = pageSize !== undefined && (table.dataSource?.length ?? 0) > pageSize;
  return (
    <div ref={place} className={`${styles.table} numbers`}>
      <Table<R>
        size="medium"
        scroll={{ x: "max-content" }}
        {...table}
        columns={columns?.map((column) => (typeof column.title === "string" ? { ...column, title: <span className={styles.heading}>{column.title}</span> } : column))}
        pagination={paged ? { pageSize, showSizeChanger: false, style: { paddingInline: 16 } } : false}
      />
    </div>
  );
}
