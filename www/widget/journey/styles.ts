import { styles } from "../theme.js";

export const journeyStyles = styles(`
.panel, .medicines, .due, .calendar, section { display: grid; gap: 12px; justify-items: start; }
.panel > *, section > *, .medicines > li, .due > li { min-width: 0; max-width: 100%; overflow-wrap: anywhere; }
h2:focus { outline: none; }
.medicines > li, .due > li { display: grid; gap: 4px; width: 100%; justify-items: start; }
.medicines, .due, section { width: 100%; }
.medicines > li { padding: 16px; border: 1px solid var(--line); border-radius: 12px; }
.due > li { padding: 12px 0; border-top: 1px solid var(--line); }
.due > li:first-child { border-top: 0; padding-top: 0; }
.stage { font-weight: 600; }
.tick { display: flex; align-items: center; gap: 8px; min-height: 44px; }
summary { min-height: 44px; display: list-item; align-content: center; cursor: pointer; color: var(--accent); }
details ul { display: grid; gap: 4px; }
`);
