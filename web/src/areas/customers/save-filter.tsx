import { App, Button, Checkbox, Input } from "antd";
import { useState } from "react";

import { useFieldError } from "../../lib/use-field-error";
import { useComplain } from "../../ui/use-complain";
import { useSaveFilter } from "./api";
import styles from "./customers.module.css";
import { type CustomersSearch, DEFAULT_SORT, isComplete } from "./search";
import { useWords } from "./words";

/** Keep the list on screen under a name, for oneself or for everybody. */
export function SaveFilter({ search }: { search: CustomersSearch }) {
  const t = useWords();
  const { message } = App.useApp();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useSaveFilter();
  const complain = useComplain();
  const wrong = useFieldError(save.error)("/name");
  return (
    <form
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault();
        const filter = { all: (search.filter ?? []).filter(isComplete) };
        save.mutate(
          { name: name.trim(), filter, sort: search.sort ?? DEFAULT_SORT, q: search.q ?? "", shared },
          {
            onSuccess: () => {
              setName("");
              void message.success(t("filterSaved"));
            },
            onError: complain,
          },
        );
      }}
    >
      <Input
        aria-label={t("filterName")}
        placeholder={t("filterName")}
        maxLength={200}
        status={wrong ? "error" : undefined}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Checkbox checked={shared} onChange={({ target }) => setShared(target.checked)}>
        {t("shareFilter")}
      </Checkbox>
      <Button htmlType="submit" disabled={name.trim() === ""} loading={save.isPending}>
        {t("saveFilter")}
      </Button>
    </form>
  );
}
