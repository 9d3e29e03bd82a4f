import { styles } from "../theme.js";

/** The forms that the elements share. */
export const formStyles = `
.form { display: grid; gap: 12px; justify-items: start; min-width: 0; overflow-wrap: anywhere; }
.form > *, .field { width: 100%; }
.form > .button { width: auto; }
.form h3:focus, .form h4:focus { outline: none; }
.row-buttons { display: flex; flex-wrap: wrap; gap: 8px; justify-content: end; margin-inline-start: auto; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr)); gap: 12px; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px; }
.field { display: grid; gap: 4px; align-content: start; min-width: 0; }
.field label { font-size: 0.875rem; color: var(--muted); }
.tick { display: flex; align-items: center; gap: 8px; min-height: 44px; }
.field .input { width: 100%; min-width: 0; }
summary { min-height: 44px; display: list-item; align-content: center; cursor: pointer; color: var(--accent); }
.matches { display: grid; gap: 4px; width: 100%; }
.match { font: inherit; text-align: start; width: 100%; min-height: 44px; padding: 8px 12px; color: var(--ink);
  background: var(--field); border: 1px solid transparent; border-radius: 10px; cursor: pointer; overflow-wrap: anywhere; }
.before { display: grid; gap: 12px; justify-items: start; width: 100%; min-width: 0; overflow-wrap: anywhere; }
.before > * { width: 100%; }
.before ul { display: grid; gap: 4px; list-style: disc; padding-inline-start: 20px; }
.before:focus { outline: none; }
@media (forced-colors: active) { .match { border-color: CanvasText; } }
`;

export const medicinesStyles = styles(`${formStyles}
.panel { display: grid; gap: 16px; }
h2:focus { outline: none; }
.result { display: contents; }
.saved, .row { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.row { flex-wrap: wrap; padding: 12px 0; border-top: 1px solid var(--line); }
.rows .row:first-child { border-top: 0; padding-top: 0; }
.rows .row:last-child { padding-bottom: 0; }
.row > :first-child { flex: 1 1 120px; min-width: 0; overflow-wrap: anywhere; }
.row .button { padding-inline: 12px; font-weight: 400; }
.medicines { display: grid; gap: 12px; }
.medicine, .panel > .form { padding: 16px; border: 1px solid var(--line); border-radius: 12px; }
.medicine { display: grid; gap: 12px; justify-items: start; min-width: 0; }
.medicine > * { width: 100%; }
.choices { display: flex; flex-wrap: wrap; gap: 8px; }
.choices .button { font-weight: 400; }
.add { width: auto; justify-self: start; }
.medicine h3 { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 12px; }
.medicine h3, .medicine p { overflow-wrap: anywhere; }
.medicine h3 .muted { font-weight: 400; }
.medicine[data-state="stopped"], .medicine[data-state="not-started"] { border-style: dashed; }
.steps { margin: 0; padding-inline-start: 24px; }
.leaflet { display: grid; gap: 12px; justify-items: start; width: 100%; min-width: 0; overflow-wrap: anywhere; }
.leaflet > * { width: 100%; }
.leaflet > .button { width: auto; }
.leaflet h5 { margin: 0; font-size: 0.9375rem; }
.leaflet ul { display: grid; gap: 4px; list-style: disc; padding-inline-start: 20px; }
.leaflet :focus { outline: none; }
.row > .before { flex: 1 1 100%; }
@media print { .leaflet { break-before: page; } .leaflet div { break-inside: avoid; } }
`);
