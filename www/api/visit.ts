/** A brief for a visit as text and as a page of its own. */
import type { VisitBrief } from "#types";

/** The brief, with the ways to write it. */
export interface VisitReport extends VisitBrief {
  /** The brief as plain text. */
  toText(): string;
  /** The brief as a fragment of HTML: headings and lists, without style and script. */
  toHTML(): string;
}

/** A brief with the ways to write it. */
export function visitReport(brief: VisitBrief): VisitReport {
  const foot = `Doseline, tables ${brief.tables}, diary ${brief.digest}`;
  return {
    ...brief,
    toText: () => {
      const sections = brief.sections.map(({ title, lines }) =>
        [title, ...lines.map(({ text }) => `- ${text}`)].join("\n"));
      return [[brief.title, brief.about].join("\n"), ...sections, foot].join("\n\n") + "\n";
    },
    toHTML: () => {
      const sections = brief.sections.map(({ title, lines }) => {
        const items = lines.map(({ text }) => `<li>${escaped(text)}</li>`).join("");
        return `<section><h2>${escaped(title)}</h2><ul>${items}</ul></section>`;
      });
      const head = `<h1>${escaped(brief.title)}</h1><p>${escaped(brief.about)}</p>`;
      return `<article lang="en">${head}${sections.join("")}<footer>${escaped(foot)}</footer></article>`;
    },
  };
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] as string);
}
