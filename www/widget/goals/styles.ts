import { styles } from "../theme.js";

export const goalsStyles = styles(`
.panel { display: grid; gap: 32px; }
section, form, .goals, .goal { display: grid; gap: 12px; min-width: 0; grid-template-columns: minmax(0, 1fr); }
h2:focus { outline: none; }
.goal { padding: 16px; border: 1px solid var(--line); border-radius: 12px; justify-items: start; }
.goal p { overflow-wrap: anywhere; }
.steps { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 4px; width: 100%; }
.step { position: relative; display: grid; }
.step span { display: grid; place-items: center; text-align: center; min-height: 44px; padding: 8px; border-radius: 10px;
  background: var(--field); border: 1px solid transparent; cursor: pointer; font-size: 0.875rem; }
.step input:checked + span { background: var(--accent); color: var(--on-accent); font-weight: 700; }
.step input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
.field { display: grid; gap: 4px; }
.chips, .row { display: flex; flex-wrap: wrap; gap: 8px; }
.chip { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 22px;
  min-height: 44px; padding: 8px 16px; cursor: pointer; overflow-wrap: anywhere; }
.chip[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); font-weight: 600; }
form .button { justify-self: start; }
@container (max-width: 560px) { .steps { grid-template-columns: minmax(0, 1fr); } }
@media (forced-colors: active) { .step span { border-color: CanvasText; }
  .step input:checked + span, .chip[aria-pressed="true"] { forced-color-adjust: none; background: Highlight;
    color: HighlightText; } }
`);
