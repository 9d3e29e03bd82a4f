/** A brief for a visit as text and as a page of its own. */
import type { VisitBrief } from "#types";

/** The brief, with what it rests on. */
export interface VisitReport extends VisitBrief {
  /** SHA-256 of the whole diary's JSON, in hexadecimal; null where the platform has no digest. */
  readonly hash: string | null;
  /** The brief as plain text. */
  toText(): string;
  /** The brief as a fragment of HTML: headings and lists, without style and script. */
  toHTML(): string;
}

/** What a brief is made of, with the ways to write it. The file is the whole diary it was made from. */
export async function visitReport(brief: VisitBrief, file: string): Promise<VisitReport> {
  const hash = await digest(file);
  const foot = `Doseline, tables ${brief.tables}${hash === null ? "" : `, diary ${hash.slice(0, 16)}`}`;
  return {
    ...brief,
    hash,
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

async function digest(text: string): Promise<string | null> {
  // A page that is not served securely has none.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle) return null;
  const bytes = new Uint8Array(await subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
