/**
 * Text inside a drawing. SVG neither wraps nor moves text out of the way, so lines are broken and
 * overlaps avoided here, by an estimate of the width: exact widths would ask the browser for a
 * layout in the middle of drawing.
 */

/** Mean width of a character of a system font, as share of its size; on the wide side. */
const CHARACTER = 0.56;

/** About how wide a text is, in the unit of its size. */
export function textWidth(text: string, size: number): number {
  return text.length * size * CHARACTER;
}

/** Breaks a text at spaces into lines no wider than `width`, the last one shortened at need. */
export function wrap(text: string, width: number, size: number, maxLines: number): string[] {
  const room = Math.max(4, Math.floor(width / (size * CHARACTER)));
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = `${(kept[maxLines - 1] ?? "").slice(0, room - 1)}…`;
  return kept;
}

/** A label that wants to stand at `x`. */
export interface Label {
  x: number;
  y: number;
  text: string;
}

/** The labels that can stand in one row between two edges without touching, the earlier ones first. */
export function fitting(labels: Label[], size: number, right: number): Label[] {
  const placed: Label[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const label of labels) {
    const width = textWidth(label.text, size);
    if (label.x < free || label.x + width > right) continue;
    placed.push(label);
    free = label.x + width + size / 2;
  }
  return placed;
}
