import { styles } from "../theme.js";

export const flagsStyles = styles(`
:host([hidden]) { display: none; }
.panel, .flag { display: grid; gap: 12px; }
.panel.quiet { padding-block: 4px; gap: 0; }
.panel.quiet details[open] { padding-bottom: 12px; }
.flags { display: grid; gap: 12px; margin: 0; padding: 0; list-style: none; }
.flag { padding: 16px; border: 1px solid var(--line); border-radius: 12px; justify-items: start; min-width: 0; }
.flag p, .flag ul { margin: 0; overflow-wrap: anywhere; }
.flag ul { padding-inline-start: 20px; }
.flag[data-severity="urgent-help"] { border: 2px solid var(--ink); }
.flag .contacts { display: grid; gap: 8px; padding: 0; }
.ways { display: flex; flex-wrap: wrap; gap: 8px 16px; }
.contacts a { color: var(--accent); min-height: 44px; align-content: center; }
summary { min-height: 44px; display: list-item; align-content: center; cursor: pointer; color: var(--accent); }
details ul { display: grid; gap: 4px; }
.folded .flags { gap: 12px; }
h2 + .folded { margin-block: -8px; }
@media print { .folded::details-content { content-visibility: visible; block-size: auto; } }
form { display: flex; flex-wrap: wrap; gap: 8px; width: 100%; align-items: end; }
form label { display: grid; gap: 4px; flex: 1 1 200px; font-size: 0.875rem; color: var(--muted); }
.input { width: 100%; min-width: 0; }
`);
