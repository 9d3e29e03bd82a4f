/**
 * The window: the days of the record that are on the chart. `from` is the first day, `to` the day
 * after the last one. Every change of it keeps it inside the record and at least a week wide.
 */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Days of the narrowest window. */
export const SHORTEST = 7;

/** The last `days` days up to where the window now ends. */
export function last(days: number, window: Window, record: Window): Window {
  return inside({ from: window.to - days, to: window.to }, record);
}

/** Makes the window `factor` times as wide and keeps the day `around` where it is. */
export function zoom(window: Window, factor: number, around: number, record: Window): Window {
  const width = Math.max(SHORTEST, Math.round((window.to - window.from) * factor));
  const share = (around - window.from) / (window.to - window.from);
  const from = Math.round(around - share * width);
  return inside({ from, to: from + width }, record);
}

/** Moves the window by whole days; a negative number is back in time. */
export function move(window: Window, days: number, record: Window): Window {
  return inside({ from: window.from + days, to: window.to + days }, record);
}

/** The window moved as little as it takes to show a day. */
export function showing(window: Window, day: number, record: Window): Window {
  if (day < window.from) return move(window, day - window.from, record);
  if (day >= window.to) return move(window, day + 1 - window.to, record);
  return window;
}

function inside(window: Window, record: Window): Window {
  const width = Math.min(window.to - window.from, record.to - record.from);
  const from = Math.min(Math.max(window.from, record.from), record.to - width);
  return { from, to: from + width };
}
