import { type Language } from "../i18n/i18next";

export type Unit = "percent" | "money" | "count" | "days" | "score" | "ratio";
export type Grain = "day" | "week" | "month" | "quarter" | "year";

export interface Format {
  number: (value: number, digits?: number) => string;
  /** With all its digits, so that figures under each other line up: 0.270 beside 0.262. */
  fixed: (value: number, digits: number) => string;
  percent: (value: number, digits?: number) => string;
  money: (value: number, currency?: string) => string;
  /** 1.2M / 120万: for cards and axes, where width is short. */
  short: (value: number) => string;
  shortMoney: (value: number) => string;
  date: (value: string | Date) => string;
  dateTime: (value: string | Date) => string;
  time: (value: string | Date) => string;
  /** With seconds, for what is watched as it happens. */
  moment: (value: string | Date) => string;
  /** The name of the period that starts at this date: "Mar 2026", "2026 Q1". */
  period: (start: string, grain: Grain) => string;
  /** A value in the unit of its metric; a missing one is a dash. */
  value: (value: number | null | undefined, unit: Unit) => string;
  shortValue: (value: number | null | undefined, unit: Unit) => string;
  /** How a value moved: percentages in points, everything else relative to before. */
  change: (value: number, previous: number, unit: Unit) => string;
}

export const MISSING = "–";
const UNSIGNED_ZERO = { signDisplay: "negative" } as const; // what rounds to nothing is 0, not −0
const DIGITS = { count: 0, score: 1, ratio: 2 } as const;

export function createFormat(language: Language, currency: string, timeZone: string): Format {
  const locale = language === "zh" ? "zh-CN" : "en";
  const numbers = cached((digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits, ...UNSIGNED_ZERO }));
  const fixeds = cached(
    (digits: number) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...UNSIGNED_ZERO }),
  );
  const percents = cached(
    (digits: number) =>
      new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits, ...UNSIGNED_ZERO }),
  );
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const monies = cached((code: string) => moneyFormat(locale, code));
  const compactMoney = moneyFormat(locale, currency, { notation: "compact", maximumFractionDigits: 1 });
  const wholeMoney = moneyFormat(locale, currency, { maximumFractionDigits: 0 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });

  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
  const seconds = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone });

  const format: Format = {
    number: (value, digits = 0) => numbers(digits).format(value),
    fixed: (value, digits) => fixeds(digits).format(value),
    percent: (value, digits = 1) => percents(digits).format(value),
    money: (value, code = currency) => monies(code).format(value),
    short: (value) => (Math.abs(value) < 10_000 ? numbers(0).format(value) : compact.format(value)),
    shortMoney: (value) => shortMoney(value),
    date: (value) => (isPlainDate(value) ? plainDate(value, locale) : days.format(asDate(value))),
    dateTime: (value) => moments.format(asDate(value)),
    time: (value) => times.format(asDate(value)),
    moment: (value) => seconds.format(asDate(value)),
    period: (start, grain) => periodName(start.slice(0, 10), grain, locale),
    value: (value, unit) => (value == null ? MISSING : inUnit(value, unit, format, language)),
    shortValue: (value, unit) => {
      if (value == null) return MISSING;
      if (unit === "money") return format.shortMoney(value);
      return unit === "count" ? format.short(value) : inUnit(value, unit, format, language);
    },
    change: (value, previous, unit) => changeText(value, previous, unit, format, language),
  };
  return format;

  function shortMoney(value: number): string {
    if (Math.abs(value) >= 10_000) return compactMoney.format(value);
    return Math.abs(value) >= 1000 || value === 0 ? wholeMoney.format(value) : monies(currency).format(value);
  }
}

function inUnit(value: number, unit: Unit, format: Format, language: Language): string {
  if (unit === "percent") return format.percent(value);
  if (unit === "money") return format.money(value);
  if (unit === "days") return language === "zh" ? `${format.number(value, 1)} 天` : `${format.number(value, 1)} d`;
  return format.number(value, DIGITS[unit]);
}

function changeText(value: number, previous: number, unit: Unit, format: Format, language: Language): string {
  const moved = value - previous;
  const sign = moved > 0 ? "+" : moved < 0 ? "−" : "±";
  if (unit === "percent") {
    const points = (Math.abs(moved) * 100).toFixed(1);
    return language === "zh" ? `${sign}${points} 个百分点` : `${sign}${points} pts`;
  }
  if (previous === 0 || unit === "score") return `${sign}${format.number(Math.abs(moved), 1)}`;
  return `${sign}${format.percent(Math.abs(moved / previous))}`;
}

function periodName(start: string, grain: Grain, locale: string): string {
  const date = new Date(`${start}T00:00:00Z`);
  const year = date.getUTCFullYear();
  if (grain === "year") return String(year);
  if (grain === "quarter") return `${year} Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
  const parts: Intl.DateTimeFormatOptions =
    grain === "month" ? { year: "numeric", month: "short" } : { year: "2-digit", month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" }).format(date);
}

/** Lakes speak naive UTC: a time without a zone is read as UTC, not as the reader's clock. */
function asDate(value: string | Date): Date {
  if (value instanceof Date) return value;
  return new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`);
}

function isPlainDate(value: string | Date): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
}

/** A day on the calendar has no time zone and must not slip to its neighbour. */
function plainDate(value: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${value}T00:00:00Z`));
}

function moneyFormat(locale: string, currency: string, more: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol", maximumFractionDigits: 2, ...UNSIGNED_ZERO, ...more } as const;
  return new Intl.NumberFormat(locale, style);
}

function cached<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
