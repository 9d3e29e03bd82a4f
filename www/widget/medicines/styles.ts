import { styles } from "../theme.js";

export const medicinesStyles = styles(`
.panel { display: grid; gap: 16px; }
.saved, .row { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.row { padding: 12px 0; border-top: 1px solid var(--line); }
.rows .row:first-child { border-top: 0; }
.row > :first-child { min-width: 0; overflow-wrap: anywhere; }
.row-buttons { display: flex; flex-wrap: wrap; gap: 8px; justify-content: end; }
.medicines { display: grid; gap: 12px; }
.medicine, .form { display: grid; gap: 12px; justify-items: start; padding: 16px; border: 1px solid var(--line);
  border-radius: 12px; min-width: 0; }
.medicine .form { border: 0; padding: 0; }
.medicine[data-state="stopped"] { border-style: dashed; }
.form, .form > .fields, .form .row-buttons { width: 100%; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 160px), 1fr)); gap: 12px; }
label { display: grid; gap: 4px; font-size: 0.875rem; color: var(--muted); min-width: 0; }
label .input { font-size: 1rem; width: 100%; }
summary { min-height: 44px; display: list-item; align-content: center; cursor: pointer; color: var(--accent); }
.steps { margin: 0; padding-inline-start: 24px; }
.matches { display: grid; gap: 4px; width: 100%; }
.match { font: inherit; text-align: start; width: 100%; min-height: 44px; padding: 8px 12px; color: var(--ink);
  background: var(--field); border: 1px solid transparent; border-radius: 10px; cursor: pointer; }
`);
