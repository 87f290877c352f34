import { render, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { i18next } from "../i18n/i18next";
import { CohortGrid } from "./cohort-grid";

const rows = [
  {
    name: "Jan",
    size: "100",
    cells: [
      { index: 0, share: 1, text: "100%", mature: true },
      { index: 1, share: 0.4, text: "40%", mature: true },
      { index: 2, share: 0.3, text: "30%", mature: false },
    ],
  },
  { name: "Feb", size: "80", cells: [{ index: 0, share: 1, text: "99%", mature: true }, { index: 2, share: null, text: "7%", mature: false }] },
];
const footer = [{ name: "Mean", size: "", cells: [{ index: 1, share: null, text: "41%", mature: true }] }];

beforeEach(async () => {
  await i18next.changeLanguage("en");
  render(<CohortGrid label="Share kept" corner="First order" rows={rows} footer={footer} columnName={(at) => `M${at}`} top={0.5} />);
});

test("cohorts are a table with named rows and columns", () => {
  const table = screen.getByRole("table", { name: "Share kept" });
  expect(within(table).getAllByRole("columnheader").map((head) => head.textContent)).toEqual(["First order", "Size", "M0", "M1", "M2"]);
  expect(within(table).getAllByRole("rowheader").map((head) => head.textContent)).toEqual(["Jan", "Feb", "Mean"]);
});

test("a cell stands in its column even when earlier ones are missing", () => {
  const feb = screen.getByRole("row", { name: /Feb/ });
  expect(within(feb).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["80", "99%", "", "7% (not over yet)"]);
});

test("unfinished cells say so, finished ones do not", () => {
  expect(screen.getByText("30%", { exact: false }).textContent).toBe("30% (not over yet)");
  expect(screen.getByText("40%").textContent).toBe("40%");
});

test("colours are measured against the given top and never beyond it", () => {
  const strength = (text: string) => screen.getByText(text).style.getPropertyValue("--strength");
  expect(strength("40%")).toBe("80%");
  expect(strength("100%")).toBe("100%");
});
