import { formStyles } from "../medicines/styles.js";
import { styles } from "../theme.js";

export const visitStyles = styles(`${formStyles}
.panel, .brief, .brief section, .answer, .choices, fieldset { display: grid; gap: 12px; justify-items: start;
  min-width: 0; }
.panel > *, .form > *, .answer > *, .choices > *, .brief > *, .brief section > * { min-width: 0; max-width: 100%;
  overflow-wrap: anywhere; }
.panel > *, .brief > *, fieldset { width: 100%; }
.panel > .button { width: auto; }
h2:focus, h3:focus { outline: none; }
.panel > .form, .brief { padding: 16px; border: 1px solid var(--line); border-radius: 12px; }
legend { font-size: 0.875rem; color: var(--muted); padding: 0; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.brief { gap: 16px; }
.brief section { gap: 4px; }
.brief ul { list-style: disc; padding-inline-start: 1.25rem; }
.message { white-space: pre-wrap; background: var(--field); padding: 12px 16px; border-radius: 10px; width: 100%;
  user-select: all; }
.flag { padding: 12px 16px; border: 1px solid var(--line); border-radius: 12px; width: 100%; }
.flag[data-severity="urgent-help"] { border: 2px solid var(--ink); }
@media print {
  .panel { padding: 0; }
  .brief { border: 0; padding: 0; font-size: 10pt; line-height: 1.35; gap: 8px; }
  .brief section { break-inside: avoid; }
}
`);
