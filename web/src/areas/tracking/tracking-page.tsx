import { getRouteApi } from "@tanstack/react-router";
import { Tabs } from "antd";

import { PageHeader } from "../../ui/page-header";
import { ClaimsTab } from "./claims-tab";
import { EventsTab } from "./events-tab";
import { KeysTab } from "./keys-tab";
import { LiveTab } from "./live-tab";
import { type Tab, TABS } from "./search";
import styles from "./tracking.module.css";
import { ViolationsTab } from "./violations-tab";
import { useWords } from "./words";

const route = getRouteApi("/desk/tracking");

/** Events as they happen: watched live, with the keys they are sent with, their catalogue, and what is wrong with them. */
export function TrackingPage() {
  const t = useWords();
  const tab = route.useSearch().tab ?? "live";
  const navigate = route.useNavigate();
  const go = (to: Tab) => void navigate({ search: { tab: to === "live" ? undefined : to }, replace: true });
  const bodies: Record<Tab, () => React.ReactNode> = {
    live: () => <LiveTab onKeys={() => go("keys")} />,
    keys: () => <KeysTab />,
    events: () => <EventsTab />,
    violations: () => <ViolationsTab />,
    claims: () => <ClaimsTab />,
  };
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Tabs className={styles.tabs} activeKey={tab} onChange={(key) => go(TABS.find((one) => one === key) ?? "live")} items={TABS.map((key) => ({ key, label: t(`tab_${key}`) }))} />
      {bodies[tab]()}
    </div>
  );
}
