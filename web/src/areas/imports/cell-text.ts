import { type Format } from "../../lib/format";
import { type ImportField } from "./api";

/** A value of a preview as people read it: moments in the workspace's own time, amounts without idle zeros. */
export function cellText(value: unknown, type: ImportField["type"] | undefined, format: Pick<Format, "dateTime" | "date" | "number">): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value !== "string") return JSON.stringify(value);
  if (type === "time") return format.dateTime(value.replace(" ", "T"));
  if (type === "date") return format.date(value.slice(0, 10));
  if ((type === "money" || type === "number") && Number.isFinite(Number(value))) return format.number(Number(value), 4);
  return value;
}
