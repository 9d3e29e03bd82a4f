import { formStyles } from "../medicines/styles.js";
import { styles } from "../theme.js";

export const recordStyles = styles(`${formStyles}
.panel, .finding, .term { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
h2 { scroll-margin-top: 80px; }
h2:focus { outline: none; }
.result { display: contents; }
.finding { overflow-wrap: anywhere; }
.saved, .row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 12px; }
.row { padding: 12px 0; border-top: 1px solid var(--line); }
.rows .row:first-child { border-top: 0; padding-top: 0; }
.row > :first-child { flex: 1 1 120px; min-width: 0; overflow-wrap: anywhere; }
.choices { display: flex; flex-wrap: wrap; gap: 8px; }
.choices .button { flex: 1 1 auto; overflow-wrap: anywhere; }
.form { padding: 16px; border: 1px solid var(--line); border-radius: 12px; }
legend { font-size: 0.875rem; color: var(--muted); padding: 0; }
.severities { display: grid; gap: 8px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); }
.severity { display: flex; align-items: center; gap: 8px; min-height: 44px; padding: 4px 12px; background: var(--field);
  border: 1px solid transparent; border-radius: 10px; cursor: pointer; }
.severity:has(:checked) { background: var(--accent-soft); border-color: var(--accent); }
@media (forced-colors: active) { .severity { border-color: CanvasText; } }
`);
