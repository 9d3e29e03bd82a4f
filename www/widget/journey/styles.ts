import { formStyles } from "../medicines/styles.js";
import { styles } from "../theme.js";

export const journeyStyles = styles(`${formStyles}
.panel, .medicines, .due, .calendar, section { display: grid; gap: 12px; justify-items: start; }
.panel > *, section > *, .medicines > li, .due > li { min-width: 0; max-width: 100%; overflow-wrap: anywhere; }
h2:focus { outline: none; }
.medicines > li, .due > li { display: grid; gap: 4px; width: 100%; justify-items: start; }
.medicines, .due, section { width: 100%; }
.medicines > li { padding: 16px; border: 1px solid var(--line); border-radius: 12px; }
.due { gap: 16px; }
.due ul { display: grid; gap: 4px; }
.due > li > ul { list-style: disc; padding-inline-start: 20px; }
.due h4 { font-size: 14px; color: var(--muted); }
.due details ul + ul { margin-top: 12px; }
.stage { font-weight: 600; }
.listed { display: grid; width: 100%; }
.row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 12px; padding: 8px 0; }
.row > :first-child { flex: 1 1 120px; min-width: 0; }
.form { padding: 16px; border: 1px solid var(--line); border-radius: 12px; }
.finding:focus { outline: none; }
.choices { display: flex; flex-wrap: wrap; gap: 8px; }
details ul { display: grid; gap: 4px; }
`);
