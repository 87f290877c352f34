import { type Format } from "./format";

const DAY = /\d{4}-\d\d-\d\d/g;

/** A sentence of the server's with its days written as everywhere on the page, each on one line. */
export function withDates(sentence: string, date: Format["date"]): string {
  return sentence.replace(DAY, (day) => date(day).replaceAll(" ", "\u00a0"));
}
