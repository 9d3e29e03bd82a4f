import { formStyles } from "../medicines/styles.js";
import { styles } from "../theme.js";

export const profileStyles = styles(`${formStyles}
.panel, .facts, .fact { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
.panel { gap: 4px; }
.fact { gap: 4px; padding: 16px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.facts { gap: 0; }
.fact:first-child { border-top: 0; }
.condition { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 12px;
  padding: 4px 0; }
.condition > span { flex: 1 1 120px; min-width: 0; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; }
.chip { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 22px;
  min-height: 44px; padding: 8px 16px; cursor: pointer; overflow-wrap: anywhere; max-width: 100%; }
.chip[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); font-weight: 600; }
.form { margin-top: 8px; }
@media (forced-colors: active) { .chip[aria-pressed="true"] { forced-color-adjust: none; background: Highlight;
  color: HighlightText; } }
`);
