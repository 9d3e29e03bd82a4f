/**
 * The dose card: what was scored at each dose of one medicine. Title, finding, doubt and notes come
 * from the engine, which alone knows whether "dose-response" may be said.
 */
import type { DoseResponse } from "#types";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { type Choices, Pickers } from "../chart/choice.js";
import { type Formats, formatsFor } from "../chart/days.js";
import { FindingNote } from "../chart/finding.js";
import { CardHeader } from "../chart/header.js";
import { labels } from "../chart/labels.js";
import { type Room, useRoom } from "../chart/width.js";
import { useId } from "../id.js";
import { Columns, placesOf } from "./columns.js";
import { Rows } from "./rows.js";
import { LevelTable } from "./table.js";

export interface ResponseViewProps extends Choices {
  card: DoseResponse;
  /** Language of numbers, a BCP 47 tag. */
  locale: string;
  onPrint?: () => void;
}

export function ResponseView(props: ResponseViewProps): JSX.Element {
  const { card, locale, medicine, outcome, onPrint } = props;
  const formats = useMemo(() => formatsFor(locale), [locale]);
  const [asTable, setAsTable] = useState(false);
  const [element, room] = useRoom<HTMLDivElement>();
  const heading = useId();
  const name = labels.chartOfDoses(card.outcome.name, card.medicineName);
  return (
    <section class="panel response" part="panel" aria-labelledby={heading}>
      <CardHeader
        id={heading}
        title={card.title}
        about={card.subtitle}
        table={[asTable, setAsTable]}
        onPrint={onPrint}
      />
      <Pickers medicine={medicine} outcome={outcome} />
      <FindingNote finding={card.finding} />
      <div class="room" ref={element}>
        {asTable ? (
          <LevelTable card={card} formats={formats} />
        ) : (
          room && (
            <Picture {...{ card, room, formats }} name={`${name}. ${card.finding.sentence}`} />
          )
        )}
      </div>
      {card.notes.length > 0 && (
        <ul class="notes">
          {card.notes.map((note) => (
            <li key={note.label}>
              <b>{note.label}:</b> {note.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The levels side by side, or under each other where that takes more room than there is. */
function Picture(props: {
  card: DoseResponse;
  room: Room;
  formats: Formats;
  name: string;
}): JSX.Element {
  const { card, room, formats, name } = props;
  const places = useMemo(() => placesOf(card, room), [card, room]);
  return (
    <div part="chart">
      {places ? (
        <Columns {...{ card, places, formats, name }} />
      ) : (
        <Rows {...{ card, room, formats, name }} />
      )}
    </div>
  );
}
