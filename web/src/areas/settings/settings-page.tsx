import { useQuery } from "@tanstack/react-query";

import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Placeholder } from "../../ui/placeholder";
import { settingsQuery } from "./api";
import { ChurnPanel } from "./churn-panel";
import { KeepingPanel } from "./keeping-panel";
import { OwnPanel } from "./own-panel";
import { TiersPanel } from "./tiers-panel";
import { WorkspacePanel } from "./workspace-panel";
import { useWords } from "./words";

/** What holds for everybody here, and what holds for oneself. */
export function SettingsPage() {
  const t = useWords();
  const query = useQuery(settingsQuery);
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Loaded query={query} skeleton={<Placeholder height={900} />}>
        {(settings) => (
          <div className="stack">
            <ChurnPanel settings={settings} />
            <div className="pair">
              <TiersPanel settings={settings} />
              <WorkspacePanel settings={settings} />
            </div>
            <KeepingPanel settings={settings} />
          </div>
        )}
      </Loaded>
      <OwnPanel />
    </div>
  );
}
