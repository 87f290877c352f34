import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { i18next } from "../i18n/i18next";
import { NumberCard } from "./number-card";

const card = {
  label: "Churn rate",
  value: "29.0%",
  interval: { low: "28.1%", high: "29.9%" },
  change: { moved: 0.018, better: "down" as const, text: "+1.8 pts", comparedWith: "against the quarter before" },
  definition: { label: "Churn rate", meaning: "Share of customers lost.", formula: "L / S" },
};

beforeEach(async () => {
  await i18next.changeLanguage("en");
});

test("the card shows the value, the interval and whether the move is good", () => {
  render(<NumberCard {...card} />);
  const article = screen.getByRole("article", { name: "Churn rate" });
  expect(article.textContent).toContain("29.0%");
  expect(article.textContent).toContain("95% interval 28.1% to 29.9%");
  expect(article.textContent).toContain("+1.8 pts (worse)against the quarter before");
});

test("the definition is one click from the number", async () => {
  render(<NumberCard {...card} />);
  expect(screen.queryByText("Share of customers lost.")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "What is “Churn rate”?" }));
  expect(await screen.findByText("Share of customers lost.")).toBeTruthy();
  expect(screen.getByText("L / S")).toBeTruthy();
});

test("without an earlier value the card says so, and where none makes sense it is silent", () => {
  const { rerender } = render(<NumberCard label="Value" value="1" />);
  expect(screen.getByText("Nothing earlier to compare with")).toBeTruthy();
  rerender(<NumberCard label="Value" value="1" change={null} />);
  expect(screen.queryByText("Nothing earlier to compare with")).toBeNull();
});

test("the card speaks Chinese when the reader does", async () => {
  await i18next.changeLanguage("zh");
  render(<NumberCard {...card} />);
  expect(screen.getByText("95% 区间 28.1% 至 29.9%")).toBeTruthy();
});
