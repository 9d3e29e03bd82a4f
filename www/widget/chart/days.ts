/**
 * Civil days on a chart.
 *
 * A civil day is a date as the person lived it, without a zone. In columns it is a number, days
 * since 1970-01-01, with the time of day as fraction; so a chart's time axis is `scaleUtc` over
 * these numbers and nothing here asks for the reader's zone.
 */
import type { Day } from "#types";

const MILLISECONDS = 86_400_000;

/** The instant, in milliseconds, that stands for a day number on a UTC time scale. */
export function instantOf(day: number): number {
  return day * MILLISECONDS;
}

/** The day number of an instant on a UTC time scale. */
export function dayOfDate(date: Date): number {
  return date.getTime() / MILLISECONDS;
}

/** The number of a written day, `2026-03-12`. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS;
}

/** The written day of a number; a time of day is dropped. */
export function dayName(day: number): Day {
  return new Date(instantOf(Math.floor(day))).toISOString().slice(0, 10);
}

/** Days and numbers in the words of one locale. */
export interface Formats {
  /** `12 March` */
  dayAndMonth(day: number): string;
  /** `12 Mar` */
  shortDay(day: number): string;
  /** `12 Mar 2026` */
  shortDate(day: number): string;
  /** `Mar` */
  month(day: number): string;
  /** `Mar 2026` */
  monthAndYear(day: number): string;
  /** `2026` */
  year(day: number): string;
  /** At most two decimals. */
  number(value: number): string;
  /** At most one decimal: means and their intervals. */
  rounded(value: number): string;
  /** That with its sign, `−1.3`: changes. */
  signed(value: number): string;
  /** `a, b and c` */
  list(words: string[]): string;
}

/** The formats of a locale; the language of the browser where the locale is not known. */
export function formatsFor(locale: string): Formats {
  const known = supported(locale);
  const date = (options: Intl.DateTimeFormatOptions) => {
    // Made when first asked for: each takes a millisecond or two, and few charts need all.
    let format: Intl.DateTimeFormat | undefined;
    return (day: number) => {
      format ??= new Intl.DateTimeFormat(known, { ...options, timeZone: "UTC" });
      return format.format(instantOf(day));
    };
  };
  const number = new Intl.NumberFormat(known, { maximumFractionDigits: 2 });
  const rounded = new Intl.NumberFormat(known, { maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(known, {
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
  const list = new Intl.ListFormat(known, { type: "conjunction" });
  return {
    dayAndMonth: date({ day: "numeric", month: "long" }),
    shortDay: date({ day: "numeric", month: "short" }),
    shortDate: date({ day: "numeric", month: "short", year: "numeric" }),
    month: date({ month: "short" }),
    monthAndYear: date({ month: "short", year: "numeric" }),
    year: date({ year: "numeric" }),
    number: (value) => number.format(value),
    rounded: (value) => rounded.format(value),
    // A hyphen is no minus, and the sentences write one.
    signed: (value) => signed.format(value).replace("-", "−"),
    list: (words) => list.format(words),
  };
}

function supported(locale: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0];
  } catch {
    return undefined;
  }
}
