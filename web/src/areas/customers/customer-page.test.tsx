import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { queryClient } from "../../lib/query-client";
import { RhythmPanel } from "./rhythm-panel";
import { RiskPanel } from "./risk-panel";
import { type Profile } from "./api";

const profile: Profile = {
  id: "C1", name: "Lin", email: null, phone: null, wecom_id: null, company: null, country: null, region: null, city: null, gender: null,
  birthday: null, language: null, channel: null, joined_at: null, left_at: null, left_reason: null, attributes: {}, identifiers: [], merged: [],
  consent: [], model: null, risk_meaning: { en: "Silent for the next 61 days.", zh: "未来 61 天内不再到来。" }, days_silent: 93, usual_gap_days: 31, churn_risk: 0.63, churn_risk_low: 0.55, churn_risk_high: 0.7,
  reasons: [
    { factor: "silence", effect: 1.2, text: { en: "Silent for 93 days", zh: "已沉默 93 天" } },
    { factor: "spend", effect: -0.3, text: { en: "Spends much", zh: "消费高" } },
  ],
};

const show = (panel: React.ReactNode) => render(<QueryClientProvider client={queryClient}>{panel}</QueryClientProvider>);

test("the risk is a sentence with its interval and reasons that say which way they push", () => {
  show(<RiskPanel profile={profile} />);
  expect(screen.getByText("63% likely to leave.")).toBeTruthy();
  expect(screen.getByText("Between 55% and 70%")).toBeTruthy();
  expect(screen.getByText("Silent for the next 61 days.")).toBeTruthy();
  expect(screen.getByLabelText("raises the risk").closest("li")?.textContent).toContain("Silent for 93 days");
  expect(screen.getByLabelText("lowers the risk").closest("li")?.textContent).toContain("Spends much");
});

test("a probability that rounds to one is not called certain", () => {
  show(<RiskPanel profile={{ ...profile, churn_risk: 0.9991, churn_risk_low: 0.98, churn_risk_high: 0.9999 }} />);
  expect(screen.queryByText(/100%/, { selector: "p" })).toBeNull();
});

test("a silence longer than the usual gap is told in multiples of it", () => {
  show(<RhythmPanel profile={profile} />);
  expect(screen.getByText("since the last order: 3 times the usual gap of 31 days.")).toBeTruthy();
});
