/** The engine's version, for example `"0.1.0"`. */
export type Version = string;
