/**
 * How Doseline looks: two tiers of custom properties. The first names meanings (`--doseline-ink`)
 * and can be set by the host page; the second belongs to single parts and points at the first.
 * Every set (light, dark, more contrast, forced colours, print) keeps the same meanings.
 */
const light = `
  --ink: var(--doseline-ink, #17212b);
  --muted: var(--doseline-muted, #5d6b78);
  --paper: var(--doseline-paper, #f6f5f1);
  --card: var(--doseline-card, #ffffff);
  --line: var(--doseline-line, #dfe3e6);
  --edge: var(--doseline-edge, #7d8a95);
  --accent: var(--doseline-accent, #0b6e75);
  --on-accent: var(--doseline-on-accent, #ffffff);
  --accent-soft: var(--doseline-accent-soft, #d9ebea);
  --note: var(--doseline-note, #f3efe2);
  --change: var(--doseline-change, #f3e6c8);
  --help: var(--doseline-help, #b3341b);
  --score: var(--doseline-score, #b3421b);
  --daily: var(--doseline-daily, #2b5c9e);
  --side-effect: var(--doseline-side-effect, #8a5a83);
  --dose: var(--doseline-dose, #0b6e75);
  --field: var(--doseline-field, #eef0f1);
  color-scheme: light;`;

const dark = `
  --ink: var(--doseline-ink, #e8ecef);
  --muted: var(--doseline-muted, #a3b0bb);
  --paper: var(--doseline-paper, #12181d);
  --card: var(--doseline-card, #1b232a);
  --line: var(--doseline-line, #33404a);
  --edge: var(--doseline-edge, #8795a1);
  --accent: var(--doseline-accent, #5fc4c6);
  --on-accent: var(--doseline-on-accent, #08262a);
  --accent-soft: var(--doseline-accent-soft, #1c3f42);
  --note: var(--doseline-note, #2a2820);
  --change: var(--doseline-change, #453b22);
  --help: var(--doseline-help, #ff9d85);
  --score: var(--doseline-score, #f0956f);
  --daily: var(--doseline-daily, #86b4ec);
  --side-effect: var(--doseline-side-effect, #cf9fc8);
  --dose: var(--doseline-dose, #5fc4c6);
  --field: var(--doseline-field, #26313a);
  color-scheme: dark;`;

const moreContrast = `
  --muted: var(--ink);
  --line: var(--edge);`;

const forced = `
  --ink: CanvasText; --muted: CanvasText; --paper: Canvas; --card: Canvas; --line: GrayText;
  --edge: CanvasText; --accent: Highlight; --on-accent: HighlightText; --accent-soft: Canvas;
  --note: Canvas; --change: Canvas; --help: LinkText; --score: CanvasText; --daily: CanvasText;
  --side-effect: CanvasText; --dose: CanvasText; --field: ButtonFace;`;

const print = `
  --ink: #000; --muted: #333; --paper: #fff; --card: #fff; --line: #999; --edge: #555;
  --accent: #000; --on-accent: #fff; --accent-soft: #eee; --note: #fff; --change: #ddd;
  --help: #000; --score: #000; --daily: #333; --side-effect: #666; --dose: #000; --field: #fff;
  color-scheme: light;`;

const base = `
:host { ${light}
  display: block; container-type: inline-size; color: var(--ink); background: var(--card);
  border-radius: var(--doseline-radius, 14px);
  font: 1rem/1.5 var(--doseline-font, system-ui, sans-serif); font-variant-numeric: tabular-nums;
}
@media (prefers-color-scheme: dark) { :host { ${dark} } }
:host([theme="light"]) { ${light} }
:host([theme="dark"]) { ${dark} }
@media (prefers-contrast: more) { :host { ${moreContrast} } }
@media (forced-colors: active) { :host, :host([theme]) { ${forced} } }
@media print { :host, :host([theme]) { ${print} } .screen-only { display: none !important; } }
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
h2, h3, h4, p, ul, fieldset, table { margin: 0; padding: 0; border: 0; }
h2 { font-size: 1.25rem; line-height: 1.3; }
h3 { font-size: 1rem; line-height: 1.4; }
ul { list-style: none; }
.panel { padding: 24px; }
.muted { color: var(--muted); font-size: 0.875rem; }
.finding { background: var(--note); border-inline-start: 4px solid var(--accent); padding: 12px 16px;
  border-radius: 4px; }
.button { font: inherit; color: var(--accent); background: var(--card); border: 1px solid var(--accent);
  border-radius: 10px; min-height: 44px; min-width: 44px; padding: 8px 16px; cursor: pointer; }
.button.strong, .button[aria-pressed="true"] { color: var(--on-accent); background: var(--accent);
  font-weight: 600; }
.button:disabled, .button[aria-disabled="true"] { opacity: 0.5; cursor: default; }
.input { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge);
  border-radius: 10px; min-height: 44px; padding: 8px 12px; max-width: 100%; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.error { color: var(--help); font-weight: 600; }
.input[aria-invalid] { border: 2px solid var(--help); }
@container (max-width: 480px) { .panel { padding: 16px; } }
@media (forced-colors: active) { .button.strong, .button[aria-pressed="true"] { forced-color-adjust: none; } }
@media (prefers-reduced-motion: no-preference) { .button { transition: background-color 120ms; } }
`;

/** A style sheet of the base and of what an element adds, made once and shared by its instances. */
export function styles(own: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(base + own);
  return sheet;
}

/** The custom properties alone, for a page that wants to look like its elements. */
export const pageTheme = `:root { ${light} } @media (prefers-color-scheme: dark) { :root { ${dark} } }
@media (forced-colors: active) { :root { ${forced} } } @media print { :root { ${print} } }`;
