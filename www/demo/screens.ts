/** The screens of an open diary, by the name they have in the page's address. */
export const SCREENS = {
  today: "Today", timeline: "Timeline", doses: "Doses", visit: "Visit", more: "More",
} as const;

export type Screen = keyof typeof SCREENS;

export function isScreen(name: string): name is Screen {
  return Object.hasOwn(SCREENS, name);
}
