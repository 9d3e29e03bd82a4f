import { styles } from "../theme.js";

export const checkInStyles = styles(`
.check-in { display: grid; gap: 16px; padding-bottom: 0; }
.check-in h2:focus { outline: none; }
.result:empty { display: none; }
.saved { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.rating { display: grid; gap: 8px; padding: 16px; border: 1px solid var(--line); border-radius: 12px; min-width: 0; }
.rating legend { float: left; padding: 0; margin-bottom: 8px; }
.rating legend + * { clear: both; }
.scale { display: grid; grid-template-columns: repeat(11, minmax(0, 1fr)); gap: 4px; }
.step span { display: grid; place-items: center; min-height: 44px; border-radius: 10px; background: var(--field);
  border: 1px solid transparent; cursor: pointer; }
.step input:checked + span { background: var(--accent); color: var(--on-accent); font-weight: 700; }
.step input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
.clear { justify-self: end; font: inherit; font-size: 0.875rem; color: var(--muted); background: none; border: 0;
  min-height: 44px; padding: 8px; text-decoration: underline; cursor: pointer; }
.stepper { display: grid; grid-template-columns: 56px 1fr 56px; align-items: center; text-align: center; }
.hours { font-size: 1.25rem; font-weight: 600; }
.chips, .own-tag, .when { display: flex; flex-wrap: wrap; gap: 8px; }
.chip { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 22px;
  min-height: 44px; padding: 8px 16px; cursor: pointer; }
.chip[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); font-weight: 600; }
.own-tag .input { flex: 1 1 140px; min-width: 0; }
.note { width: 100%; resize: vertical; }
.short { width: 96px; }
.wide { width: 100%; }
.save { position: sticky; bottom: 0; display: grid; gap: 4px; padding: 12px 0 16px; text-align: center;
  background: var(--card); }
@container (max-width: 440px) { .scale { grid-template-columns: repeat(6, minmax(0, 1fr)); } }
@media (forced-colors: active) { .step span { border-color: CanvasText; }
  .step input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; } }
`);
