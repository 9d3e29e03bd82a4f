import type { Diary, EquivalenceTable } from "doseline";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Published tables of equivalents, each under its own name and with what it cannot say. */
export function Equivalents({ diary }: { diary: Diary }): JSX.Element | null {
  const [tables, setTables] = useState<EquivalenceTable[]>([]);
  useEffect(() => {
    let shown = true;
    // A diary that is closed meanwhile has none.
    diary.reference.equivalents().then((found) => shown && setTables(found), () => undefined);
    return () => {
      shown = false;
    };
  }, [diary]);
  if (tables.length === 0) return null;
  return (
    <section>
      <h2>Tables of equivalents</h2>
      <p>What was published, and no target for anyone.</p>
      {tables.map((table) => <Table key={table.id} table={table} />)}
    </section>
  );
}

function Table({ table }: { table: EquivalenceTable }): JSX.Element {
  const { name, family, caveat, rows, sources, marks } = table;
  return (
    <details>
      <summary>{name} ({family})</summary>
      <p>{caveat}</p>
      {marks.map((mark) => <p key={mark}>{mark}</p>)}
      <div class="wide-table" role="region" aria-label={name} tabIndex={0}>
        <table>
          <thead>
            <tr><th scope="col">Medicine</th><th scope="col">mg</th><th scope="col">stands beside</th></tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <tr key={place}>
                <th scope="row">{row.drug}{row.route && `, ${row.route}`}{row.every !== null && `, every ${row.every} days`}</th>
                <td>{range(row.amount)}</td>
                <td>{row.of} {range(row.ofAmount)} mg</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sources.map((source) => <p key={source} class="muted">{source}</p>)}
    </details>
  );
}

function range([from, to]: [number, number]): string {
  return from === to ? `${from}` : `${from}–${to}`;
}
