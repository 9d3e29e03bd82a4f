import { styles } from "../theme.js";

/** `--doseline-bottom` is the height of a bar that the host page keeps at its foot. */
export const checkInStyles = styles(`
.check-in { display: grid; gap: 12px; padding-bottom: 0; }
.check-in h2 { scroll-margin-top: 80px; }
.check-in h2:focus { outline: none; }
.check-in button, .check-in input, .check-in select, .check-in textarea {
  scroll-margin-bottom: calc(96px + var(--doseline-bottom, 0px)); }
.result { display: contents; }
.saved { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.asked { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; padding: 8px 16px 16px; border: 1px solid var(--line); border-radius: 12px;
  min-width: 0; }
.asked > label, .asked > p:first-child { min-height: 36px; align-content: center; }
.scale { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 4px; }
.step { position: relative; }
.step span { display: grid; place-items: center; min-height: 44px; border-radius: 10px; background: var(--field);
  border: 1px solid transparent; cursor: pointer; }
.step input:checked + span { background: var(--accent); color: var(--on-accent); font-weight: 700; }
.step input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
.clear { font: inherit; font-size: 1.25rem; color: var(--muted); background: none; border: 0; min-height: 44px;
  padding: 0; cursor: pointer; }
.clear[data-shown="false"] { visibility: hidden; }
.stepper { display: grid; grid-template-columns: 48px 1fr 48px 32px; align-items: center; text-align: center;
  max-width: 400px; }
.hours { font-size: 1.25rem; font-weight: 600; }
.chips, .own-tag, .when { display: flex; flex-wrap: wrap; gap: 8px; }
.chip { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 22px;
  min-height: 44px; padding: 8px 16px; cursor: pointer; }
.chip[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); font-weight: 600; }
.own-tag .input { flex: 1 1 100px; min-width: 0; max-width: 320px; }
.note { width: 100%; resize: vertical; }
.short { width: 96px; }
.wide { width: 100%; }
.save { position: sticky; bottom: var(--doseline-bottom, 0px); display: grid; gap: 4px; padding: 12px 0 16px;
  background: var(--card); }
/* A screen so low that the button would hide what is answered. */
@media (max-height: 500px) { .save { position: static; } }
@container (max-width: 440px) { .scale { grid-auto-flow: row; grid-template-columns: repeat(6, minmax(0, 1fr)); } }
@media (forced-colors: active) { .step span { border-color: CanvasText; }
  .step input:checked + span, .chip[aria-pressed="true"] { forced-color-adjust: none; background: Highlight;
    color: HighlightText; } }
@media print { .save, .clear { display: none; } .step span { border-color: #999; } }
`);
