import { preference, setPreference } from "#core";

/** Small settings that this browser keeps; in memory where it keeps none. Never health data. */
export interface Preferences {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

/** The preferences of one diary. The core must have been started on this thread. */
export function preferencesOf(subject: string): Preferences {
  const place = (key: string): string => `doseline:${subject}:${key}`;
  return {
    get: (key) => preference(place(key)) ?? null,
    set: (key, value) => setPreference(place(key), value),
  };
}
