// Every page of the product. To add one:
//   1. write `areas/<noun>/<page>.tsx` with one named export, its words in `areas/<noun>/words.ts` (defineWords),
//      its queries in `areas/<noun>/api.ts`;
//   2. add a route here under `desk` with a lazy import, and `validateSearch` if the page keeps state in its address;
//   3. if it belongs in the navigation, add its entry to navigation.tsx and its label to words.ts.
// In the page, read the address by `getRouteApi("/desk/<path>")`: areas never import this file.
import { createRootRoute, createRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router";

import { readSearch as readAlertsSearch } from "../areas/alerts/search";
import { readSearch as readAuditSearch } from "../areas/audit/search";
import { readSearch as readCohortsSearch } from "../areas/cohorts/search";
import { readSearch as readCustomersSearch } from "../areas/customers/search";
import { readMessageSearch, readMessagesSearch } from "../areas/messages/search";
import { readSearch as readMetricsSearch } from "../areas/metrics/search";
import { readSearch as readPredictionsSearch } from "../areas/predictions/search";
import { readSearch as readSendsSearch } from "../areas/sends/search";
import { readSearch as readTrackingSearch } from "../areas/tracking/search";
import { readSearch as readSignInSearch } from "../areas/session/search";
import { requireNobody, requireSession } from "./guard";
import { Shell } from "./shell";

const root = createRootRoute({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readSignInSearch,
  beforeLoad: requireNobody,
  component: lazyRouteComponent(() => import("../areas/session/sign-in-page"), "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: requireNobody,
  component: lazyRouteComponent(() => import("../areas/session/setup-page"), "SetupPage"),
});

const desk = createRoute({
  getParentRoute: () => root,
  id: "desk",
  beforeLoad: requireSession,
  component: Shell,
});

const overview = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: lazyRouteComponent(() => import("../areas/overview/overview-page"), "OverviewPage"),
});

const calls = createRoute({
  getParentRoute: () => desk,
  path: "/calls",
  component: lazyRouteComponent(() => import("../areas/calls/calls-page"), "CallsPage"),
});

const alerts = createRoute({
  getParentRoute: () => desk,
  path: "/alerts",
  validateSearch: readAlertsSearch,
  component: lazyRouteComponent(() => import("../areas/alerts/alerts-page"), "AlertsPage"),
});

const alert = createRoute({
  getParentRoute: () => desk,
  path: "/alerts/$alertId",
  component: lazyRouteComponent(() => import("../areas/alerts/alert-page"), "AlertPage"),
});

const customers = createRoute({
  getParentRoute: () => desk,
  path: "/customers",
  validateSearch: readCustomersSearch,
  component: lazyRouteComponent(() => import("../areas/customers/customers-page"), "CustomersPage"),
});

const customer = createRoute({
  getParentRoute: () => desk,
  path: "/customers/$customerId",
  component: lazyRouteComponent(() => import("../areas/customers/customer-page"), "CustomerPage"),
});

const metrics = createRoute({
  getParentRoute: () => desk,
  path: "/metrics",
  validateSearch: readMetricsSearch,
  component: lazyRouteComponent(() => import("../areas/metrics/metrics-page"), "MetricsPage"),
});

const cohorts = createRoute({
  getParentRoute: () => desk,
  path: "/cohorts",
  validateSearch: readCohortsSearch,
  component: lazyRouteComponent(() => import("../areas/cohorts/cohorts-page"), "CohortsPage"),
});

const satisfaction = createRoute({
  getParentRoute: () => desk,
  path: "/satisfaction",
  component: lazyRouteComponent(() => import("../areas/satisfaction/satisfaction-page"), "SatisfactionPage"),
});

const predictions = createRoute({
  getParentRoute: () => desk,
  path: "/predictions",
  validateSearch: readPredictionsSearch,
  component: lazyRouteComponent(() => import("../areas/predictions/predictions-page"), "PredictionsPage"),
});

const recommendations = createRoute({
  getParentRoute: () => desk,
  path: "/recommendations",
  component: lazyRouteComponent(() => import("../areas/recommendations/recommendations-page"), "RecommendationsPage"),
});

const models = createRoute({
  getParentRoute: () => desk,
  path: "/models",
  component: lazyRouteComponent(() => import("../areas/models/models-page"), "ModelsPage"),
});

const model = createRoute({
  getParentRoute: () => desk,
  path: "/models/$version",
  component: lazyRouteComponent(() => import("../areas/models/model-page"), "ModelPage"),
});

const signals = createRoute({
  getParentRoute: () => desk,
  path: "/signals",
  component: lazyRouteComponent(() => import("../areas/signals/signals-page"), "SignalsPage"),
});

const messages = createRoute({
  getParentRoute: () => desk,
  path: "/messages",
  validateSearch: readMessagesSearch,
  component: lazyRouteComponent(() => import("../areas/messages/messages-page"), "MessagesPage"),
});

const message = createRoute({
  getParentRoute: () => desk,
  path: "/messages/$messageId",
  validateSearch: readMessageSearch,
  component: lazyRouteComponent(() => import("../areas/messages/message-page"), "MessagePage"),
});

const blocks = createRoute({
  getParentRoute: () => desk,
  path: "/blocks",
  component: lazyRouteComponent(() => import("../areas/messages/blocks-page"), "BlocksPage"),
});

const pictures = createRoute({
  getParentRoute: () => desk,
  path: "/pictures",
  component: lazyRouteComponent(() => import("../areas/messages/pictures-page"), "PicturesPage"),
});

const brand = createRoute({
  getParentRoute: () => desk,
  path: "/brand",
  component: lazyRouteComponent(() => import("../areas/messages/brand-page"), "BrandPage"),
});

const channels = createRoute({
  getParentRoute: () => desk,
  path: "/channels",
  component: lazyRouteComponent(() => import("../areas/channels/channels-page"), "ChannelsPage"),
});

const sends = createRoute({
  getParentRoute: () => desk,
  path: "/sends",
  validateSearch: readSendsSearch,
  component: lazyRouteComponent(() => import("../areas/sends/sends-page"), "SendsPage"),
});

const contactRules = createRoute({
  getParentRoute: () => desk,
  path: "/contact-rules",
  component: lazyRouteComponent(() => import("../areas/contact-rules/contact-rules-page"), "ContactRulesPage"),
});

const lists = createRoute({
  getParentRoute: () => desk,
  path: "/lists",
  component: lazyRouteComponent(() => import("../areas/lists/lists-page"), "ListsPage"),
});

const erasures = createRoute({
  getParentRoute: () => desk,
  path: "/erasures",
  component: lazyRouteComponent(() => import("../areas/erasures/erasures-page"), "ErasuresPage"),
});

const closedAddresses = createRoute({
  getParentRoute: () => desk,
  path: "/closed-addresses",
  component: lazyRouteComponent(() => import("../areas/closed-addresses/closed-addresses-page"), "ClosedAddressesPage"),
});

const imports = createRoute({
  getParentRoute: () => desk,
  path: "/imports",
  component: lazyRouteComponent(() => import("../areas/imports/imports-page"), "ImportsPage"),
});

const oneImport = createRoute({
  getParentRoute: () => desk,
  path: "/imports/$importId",
  component: lazyRouteComponent(() => import("../areas/imports/import-page"), "ImportPage"),
});

const members = createRoute({
  getParentRoute: () => desk,
  path: "/members",
  component: lazyRouteComponent(() => import("../areas/members/members-page"), "MembersPage"),
});

const keys = createRoute({
  getParentRoute: () => desk,
  path: "/keys",
  component: lazyRouteComponent(() => import("../areas/keys/keys-page"), "KeysPage"),
});

const tracking = createRoute({
  getParentRoute: () => desk,
  path: "/tracking",
  validateSearch: readTrackingSearch,
  component: lazyRouteComponent(() => import("../areas/tracking/tracking-page"), "TrackingPage"),
});

const webhooks = createRoute({
  getParentRoute: () => desk,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("../areas/webhooks/webhooks-page"), "WebhooksPage"),
});

const audit = createRoute({
  getParentRoute: () => desk,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("../areas/audit/audit-page"), "AuditPage"),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: "/settings",
  component: lazyRouteComponent(() => import("../areas/settings/settings-page"), "SettingsPage"),
});

export const routeTree = root.addChildren([
  signIn,
  setup,
  desk.addChildren([overview, calls, alerts, alert, customers, customer, metrics, cohorts, satisfaction, predictions, recommendations, models, model, signals, messages, message, blocks, pictures, brand, channels, sends, contactRules, lists, closedAddresses, erasures, imports, oneImport, members, keys, tracking, webhooks, audit, settings]),
]);
