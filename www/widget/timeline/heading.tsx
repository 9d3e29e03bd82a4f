/** A lane's title: direct labels take the place of a legend. */
import type { ComponentChild, JSX } from "preact";
import { wrap } from "../chart/lettering.js";
import type { Layout } from "./layout.js";

/** A lane's title and what belongs under it: in the gutter, or above the lane on a phone. */
export function Heading(props: {
  layout: Layout;
  place: { titleTop: number; top: number };
  title: string;
  lines: string[];
  children?: ComponentChild;
}): JSX.Element {
  const { layout, place, title, lines, children } = props;
  const { small, narrow } = layout;
  const first = narrow ? place.titleTop + small : place.top + small * 0.9;
  const room = narrow ? layout.right : layout.left - small * 4.5;
  const titleLines = wrap(title, room, layout.title * 1.08, narrow ? 1 : 2);
  const under = narrow
    ? wrap(lines.join(" · "), room, small, 1)
    : lines.flatMap((line) => wrap(line, room, small, 2));
  const titleEnd = first + (titleLines.length - 1) * layout.title * 1.25;
  return (
    <g class="heading">
      {titleLines.map((line, index) => (
        <text class="title" x="0" y={first + index * layout.title * 1.25} font-size={layout.title} key={line}>
          {line}
        </text>
      ))}
      {under.map((line, index) => (
        <text class="quiet" x="0" y={titleEnd + (index + 1) * small * 1.35} key={line}>
          {line}
        </text>
      ))}
      {children && (
        <g transform={`translate(0 ${titleEnd + (under.length + 1) * small * 1.35})`}>{children}</g>
      )}
    </g>
  );
}
