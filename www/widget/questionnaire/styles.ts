import { styles } from "../theme.js";

export const questionnaireStyles = styles(`
.panel, .filling, .asked, section, .answers { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
.panel { gap: 16px; }
h2:focus, .asked:focus { outline: none; }
.asked, .panel h2 { scroll-margin: 16px 0 calc(16px + var(--doseline-bottom, 0px)); overflow-wrap: anywhere; }
.result { display: contents; }
.finding { display: grid; gap: 8px; overflow-wrap: anywhere; }
.filling h3 { font-size: 1.125rem; }
.answer { width: 100%; min-height: 52px; text-align: start; overflow-wrap: anywhere; }
.answers[data-many="true"] { grid-template-columns: repeat(auto-fill, minmax(72px, 1fr)); }
.answers[data-many="true"] .answer { text-align: center; padding-inline: 4px; }
.row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 12px; padding: 12px 0;
  border-top: 1px solid var(--line); }
.rows .row:first-child { border-top: 0; padding-top: 0; }
.row > :first-child { flex: 1 1 120px; min-width: 0; overflow-wrap: anywhere; }
.row-buttons { display: flex; flex-wrap: wrap; gap: 8px; }
section label { display: grid; grid-template-columns: minmax(0, 1fr); gap: 4px; justify-items: start; }
.wide { width: 100%; }
.asked button, .row-buttons button { scroll-margin-bottom: calc(16px + var(--doseline-bottom, 0px)); }
`);
