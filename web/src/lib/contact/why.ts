import { queryOptions } from "@tanstack/react-query";

import { type components } from "../../api/schema";
import { download } from "../download";
import { ask, http } from "../http";

export type Why = components["schemas"]["Why-Output"];

/** Whom and what is asked about; channel and list count where the message was never asked for. */
export interface WhyQuestion {
  customer_id: string;
  message?: string;
  channel?: string;
  purpose?: string;
}

export const whyQuery = (question: WhyQuestion) =>
  queryOptions({
    queryKey: ["why", question],
    queryFn: () => ask(http.GET("/api/v1/why", { params: { query: question } })),
  });

/** The same answer as a table for a spreadsheet. */
export function downloadWhy(question: WhyQuestion): Promise<void> {
  const asked = Object.entries(question).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return download(`/api/v1/why/table?${new URLSearchParams(asked).toString()}`, "why.csv");
}
