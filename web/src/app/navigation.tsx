import {
  AimOutlined,
  AlertOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  CloudUploadOutlined,
  DashboardOutlined,
  DeleteOutlined,
  ExperimentOutlined,
  FieldTimeOutlined,
  FileProtectOutlined,
  GiftOutlined,
  LineChartOutlined,
  MailOutlined,
  NodeIndexOutlined,
  PhoneOutlined,
  RadarChartOutlined,
  SendOutlined,
  SettingOutlined,
  SmileOutlined,
  SoundOutlined,
  StopOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { type ReactNode } from "react";

/** An entry of the navigation: its words are in words.ts, its page in routes.tsx, its permission is the page's first request. */
export interface Entry {
  key: "messages" | "channels" | "overview" | "calls" | "alerts" | "customers" | "metrics" | "cohorts" | "satisfaction" | "predictions" | "recommendations" | "models" | "signals" | "imports" | "members" | "keys" | "tracking" | "webhooks" | "audit" | "settings" | "sends" | "contactRules" | "lists" | "closedAddresses" | "erasures";
  path: string;
  icon: ReactNode;
  permission: string;
  group: "groupToday" | "groupUnderstand" | "groupMessages" | "groupDesk";
  /** Other pages that are reached through this one and light it up. */
  also?: readonly string[];
}

export const ENTRIES: readonly Entry[] = [
  { key: "overview", path: "/", icon: <DashboardOutlined />, permission: "metrics.read", group: "groupToday" },
  { key: "calls", path: "/calls", icon: <PhoneOutlined />, permission: "calls.read", group: "groupToday" },
  { key: "alerts", path: "/alerts", icon: <AlertOutlined />, permission: "alerts.read", group: "groupToday" },
  { key: "customers", path: "/customers", icon: <TeamOutlined />, permission: "customers.read", group: "groupToday" },
  { key: "metrics", path: "/metrics", icon: <LineChartOutlined />, permission: "metrics.read", group: "groupUnderstand" },
  { key: "cohorts", path: "/cohorts", icon: <AppstoreOutlined />, permission: "metrics.read", group: "groupUnderstand" },
  { key: "satisfaction", path: "/satisfaction", icon: <SmileOutlined />, permission: "metrics.read", group: "groupUnderstand" },
  { key: "predictions", path: "/predictions", icon: <RadarChartOutlined />, permission: "predictions.read", group: "groupUnderstand" },
  { key: "recommendations", path: "/recommendations", icon: <GiftOutlined />, permission: "predictions.read", group: "groupUnderstand" },
  { key: "models", path: "/models", icon: <ExperimentOutlined />, permission: "predictions.read", group: "groupUnderstand" },
  { key: "signals", path: "/signals", icon: <SoundOutlined />, permission: "alerts.read", group: "groupUnderstand" },
  { key: "messages", path: "/messages", icon: <MailOutlined />, permission: "messages.read", group: "groupMessages", also: ["/blocks", "/pictures", "/brand"] },
  { key: "sends", path: "/sends", icon: <SendOutlined />, permission: "messages.read", group: "groupMessages" },
  { key: "channels", path: "/channels", icon: <ThunderboltOutlined />, permission: "settings.read", group: "groupMessages" },
  { key: "contactRules", path: "/contact-rules", icon: <FieldTimeOutlined />, permission: "settings.read", group: "groupMessages" },
  { key: "lists", path: "/lists", icon: <FileProtectOutlined />, permission: "settings.read", group: "groupMessages" },
  { key: "closedAddresses", path: "/closed-addresses", icon: <StopOutlined />, permission: "customers.read", group: "groupMessages" },
  { key: "imports", path: "/imports", icon: <CloudUploadOutlined />, permission: "imports.read", group: "groupDesk" },
  { key: "tracking", path: "/tracking", icon: <AimOutlined />, permission: "tracking.read", group: "groupDesk" },
  { key: "members", path: "/members", icon: <UserOutlined />, permission: "members.read", group: "groupDesk" },
  { key: "keys", path: "/keys", icon: <ApiOutlined />, permission: "keys.manage", group: "groupDesk" },
  { key: "webhooks", path: "/webhooks", icon: <NodeIndexOutlined />, permission: "settings.read", group: "groupDesk" },
  { key: "audit", path: "/audit", icon: <AuditOutlined />, permission: "audit.read", group: "groupDesk" },
  { key: "erasures", path: "/erasures", icon: <DeleteOutlined />, permission: "persons.manage", group: "groupDesk" },
  { key: "settings", path: "/settings", icon: <SettingOutlined />, permission: "settings.read", group: "groupDesk" },
];

/** On a phone these four stand at the bottom; the rest is behind "More". */
export const AT_THE_BOTTOM = new Set<Entry["key"]>(["overview", "calls", "customers", "metrics"]);

/** The entry whose page is on screen. */
export function entryAt(pathname: string, entries: readonly Entry[] = ENTRIES): Entry | undefined {
  const within = (path: string) => pathname === path || (path !== "/" && pathname.startsWith(`${path}/`));
  return entries.find(({ path, also = [] }) => [path, ...also].some(within));
}
