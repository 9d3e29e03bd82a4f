import { styles } from "../theme.js";

export const helpStyles = styles(`
:host { container-type: normal; background: none; }
.help { font: inherit; font-weight: 600; color: var(--help); background: var(--card); border: 1px solid var(--help);
  border-radius: 22px; min-height: 44px; padding: 8px 16px; cursor: pointer; }
.card { display: grid; gap: 12px; margin-block: 8px; padding: 12px 16px; background: var(--note); border-radius: 10px; }
dialog { width: min(520px, calc(100% - 32px)); padding: 24px; color: var(--ink); background: var(--card);
  border: 1px solid var(--line); border-radius: 14px; }
dialog[open], section, .form, .contacts { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr);
  overflow-wrap: anywhere; }
dialog[open] { gap: 20px; }
dialog::backdrop { background: rgb(0 0 0 / 0.4); }
h2:focus { outline: none; }
section, .form { justify-items: start; }
.form, .form .field, .contacts, .plan { width: 100%; }
.plan { display: grid; gap: 12px; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; padding-inline-start: 12px; border-inline-start: 3px solid var(--accent-soft); }
.field { display: grid; gap: 4px; min-width: 0; font-size: 0.875rem; color: var(--muted); }
.field .input { width: 100%; min-width: 0; font-size: 1rem; resize: vertical; }
.ways, .buttons { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; }
.ways a { color: var(--accent); font-weight: 600; min-height: 44px; align-content: center; max-width: 100%; }
.tick { display: flex; align-items: start; gap: 12px; min-height: 44px; }
.tick input { width: 20px; height: 20px; margin: 2px 0 0; flex: none; }
.wide { width: 100%; }
@media print { .help, .card { display: none; } }
`);
