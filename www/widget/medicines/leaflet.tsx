import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Leaflet } from "#types";

interface Props {
  name: string;
  load(): Promise<Leaflet | null>;
  onClose(): void;
}

/** What people are told about a medicine: the questions with their answers, its marks and its sources. */
export function LeafletView({ name, load, onClose }: Props): JSX.Element {
  const [leaflet, setLeaflet] = useState<Leaflet | null | undefined>(undefined);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    let current = true;
    void load().then((found) => current && setLeaflet(found), () => current && setLeaflet(null));
    return () => {
      current = false;
    };
  }, []);
  useLayoutEffect(() => head.current?.focus(), []);
  return (
    <section class="leaflet" aria-label={`About ${name}`}>
      <h4 tabIndex={-1} ref={head}>About {name}</h4>
      {leaflet === undefined && <p class="muted" role="status">Loading…</p>}
      {leaflet === null && <p>Nothing is known about it here. Your pharmacist can tell you more.</p>}
      {leaflet && <Answers {...leaflet} />}
      <button class="button screen-only" onClick={onClose}>
        Close<span class="visually-hidden"> what is said about {name}</span>
      </button>
    </section>
  );
}

function Answers({ kind, brands, parts, marks, leftOut, sources, tables }: Leaflet): JSX.Element {
  return (
    <>
      <p class="muted">{[kind, ...brands].filter((word) => word !== "").join(" · ")}</p>
      {marks.map((mark) => <p key={mark} class="muted">{mark}</p>)}
      {parts.map(({ part, heading, lines }) => (
        <div key={part}>
          <h5>{heading}</h5>
          <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
        </div>
      ))}
      {leftOut && <p class="muted">{leftOut}</p>}
      <details>
        <summary>Where this comes from</summary>
        <ul class="muted">
          {sources.map((source) => <li key={source}>{source}</li>)}
          <li>Tables {tables}</li>
        </ul>
      </details>
    </>
  );
}
