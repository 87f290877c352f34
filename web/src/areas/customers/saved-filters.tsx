import { DeleteOutlined, StarOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Popover } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { useComplain } from "../../ui/use-complain";
import { filtersQuery, type SavedFilter, useForgetFilter } from "./api";
import styles from "./customers.module.css";
import { SaveFilter } from "./save-filter";
import { type CustomersSearch, readSearch } from "./search";
import { useWords } from "./words";

interface Props {
  search: CustomersSearch;
  onChoose: (search: CustomersSearch) => void;
}

/** Lists somebody wanted to see again: choose one, keep this one, forget one. */
export function SavedFilters({ search, onChoose }: Props) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const saved = useQuery({ ...filtersQuery, enabled: useMay("customers.read") }).data?.items ?? [];
  const content = (
    <div className={styles.saved}>
      {saved.length === 0 && <p className="quiet">{t("noFilters")}</p>}
      <ul>
        {saved.map((one) => (
          <SavedLine
            key={one.id}
            saved={one}
            onChoose={() => {
              setOpen(false);
              onChoose(fromSaved(one));
            }}
          />
        ))}
      </ul>
      <SaveFilter search={search} />
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t("savedFilters")} open={open} onOpenChange={setOpen} content={content}>
      <Button icon={<StarOutlined />}>{t("savedFilters")}</Button>
    </Popover>
  );
}

/** A saved filter as the address would hold it. */
export function fromSaved({ filter, sort, q }: SavedFilter): CustomersSearch {
  return readSearch({ q, sort, filter: filter.all ?? [] });
}

function SavedLine({ saved, onChoose }: { saved: SavedFilter; onChoose: () => void }) {
  const t = useWords();
  const forget = useForgetFilter();
  const complain = useComplain();
  return (
    <li>
      <button type="button" className={styles.savedName} onClick={onChoose}>
        {saved.name}
        {saved.shared && <span className="quiet"> · {t("shared")}</span>}
      </button>
      {saved.mine && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          loading={forget.isPending}
          aria-label={t("forgetFilter", { name: saved.name })}
          onClick={() => {
            forget.mutate(saved.id, { onError: complain });
          }}
        />
      )}
    </li>
  );
}
