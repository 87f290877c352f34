import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { consentQuery } from "../../lib/contact/lists";
import { useMay } from "../../lib/session";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Placeholder } from "../../ui/placeholder";
import { Confirmations } from "./confirmations";
import { EditList } from "./edit-list";
import { ListPanel } from "./list-panel";
import { PublicPage } from "./public-page";
import { useWords } from "./words";

/** The lists people may be on, and every sentence they agreed to. */
export function ListsPage() {
  const t = useWords();
  const may = useMay("settings.write");
  const query = useQuery(consentQuery);
  const [adding, setAdding] = useState(false);
  const add = may && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={add} />
      <Loaded query={query} skeleton={<Placeholder height={520} />}>
        {({ purposes, wordings }) =>
          purposes.length === 0 ? (
            <EmptyState title={t("none")}>{t("noneDetail")}</EmptyState>
          ) : (
            <div className="pair">
              {purposes.map((list) => (
                <ListPanel key={list.name} list={list} wordings={wordings.filter(({ purpose }) => purpose === list.name)} may={may} />
              ))}
            </div>
          )
        }
      </Loaded>
      <Confirmations />
      <PublicPage />
      {adding && <EditList onClose={() => setAdding(false)} />}
    </div>
  );
}
