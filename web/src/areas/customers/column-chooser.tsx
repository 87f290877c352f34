import { TableOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";

import { type CustomerField } from "./api";
import { choosable, DEFAULT_COLUMNS, useColumnName } from "./columns";
import styles from "./customers.module.css";
import { useWords } from "./words";

interface Props {
  fields: readonly CustomerField[];
  columns: readonly string[];
  onChange: (columns: string[] | undefined) => void;
}

/** Which columns the list shows; the choice stays in the address. */
export function ColumnChooser({ fields, columns, onChange }: Props) {
  const t = useWords();
  const nameOf = useColumnName(fields);
  const all = choosable(fields);
  const choice = (
    <div className={styles.chooser}>
      <Checkbox.Group
        value={[...columns]}
        options={all.map((name) => ({ value: name, label: nameOf(name) }))}
        onChange={(chosen) => onChange(all.filter((name) => chosen.includes(name)))}
      />
      <Button type="link" size="small" disabled={columns === DEFAULT_COLUMNS} onClick={() => onChange(undefined)}>
        {t("defaultColumns")}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t("columns")} content={choice}>
      <Button icon={<TableOutlined />}>{t("columns")}</Button>
    </Popover>
  );
}
