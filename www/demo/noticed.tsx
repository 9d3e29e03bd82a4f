import type { Associations, Diary, FairTrial, Finding, ItemStrip, RelapseWatch } from "doseline";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Noticed {
  trials: FairTrial[];
  watch: RelapseWatch;
  patterns: Associations;
  /** Null where no such questionnaire is in the diary. */
  strip: ItemStrip | null;
}

/** What the diary shows besides the charts: goals, the watch while well, hunches, single answers. */
export function NoticedCards({ diary }: { diary: Diary }): JSX.Element | null {
  const [noticed, setNoticed] = useState<Noticed | null>(null);
  useEffect(() => {
    let shown = true;
    const read = async (): Promise<void> => {
      const [trials, watch, patterns, strip] = await Promise.all([
        diary.fairTrials(), diary.relapseWatch(), diary.associations(),
        diary.itemStrip({ instrument: "phq-9" }).catch(() => null),
      ]);
      if (shown) setNoticed({ trials, watch, patterns, strip });
    };
    // A diary that is closed meanwhile, or an engine that gave way, leaves what was shown.
    const refresh = (): void => void read().catch(() => undefined);
    refresh();
    diary.addEventListener("change", refresh);
    return () => {
      shown = false;
      diary.removeEventListener("change", refresh);
    };
  }, [diary]);
  if (!noticed) return null;
  const { trials, watch, patterns, strip } = noticed;
  return (
    <>
      {trials.length > 0 && (
        <Card title="Goals set at a step">
          {trials.map(({ step, medicineName, finding }) => (
            <Told key={step} lead={medicineName} finding={finding} />
          ))}
        </Card>
      )}
      <Card title="While you are well">
        <Told finding={watch.finding} />
      </Card>
      {patterns.hunches.length > 0 && (
        <Card title="Hunches">
          <p class="muted">Patterns tried: {patterns.tried}. Ones that did not hold up stay listed.</p>
          {patterns.hunches.map(({ finding }) => (
            <Told key={finding.sentence} finding={finding} />
          ))}
        </Card>
      )}
      {strip && <Answers strip={strip} />}
    </>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="sheet noticed">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Told({ finding, lead }: { finding: Finding; lead?: string }): JSX.Element {
  return (
    <div>
      <p>{lead && <strong>{lead}: </strong>}{finding.sentence}</p>
      <p class="muted">{finding.doubt}</p>
      {finding.why.length > 0 && (
        <details>
          <summary>Why</summary>
          <ul>{finding.why.map((line) => <li key={line} class="muted">{line}</li>)}</ul>
        </details>
      )}
    </div>
  );
}

/** The answers of the last two phases that have any, side by side. */
function Answers({ strip }: { strip: ItemStrip }): JSX.Element | null {
  const told = strip.phases.filter(({ answers }) => answers.length > 0).slice(-2);
  const last = told.at(-1);
  if (!last || told.length < 2) return null;
  return (
    <Card title={`${strip.name}, answer by answer`}>
      <div class="wide-table" role="region" aria-label={`${strip.name} answers`} tabIndex={0}>
        <table>
          <thead>
            <tr><th scope="col">Question</th>{told.map(({ from, regimen }) => <th key={from} scope="col">{regimen}</th>)}</tr>
          </thead>
          <tbody>
            {strip.items.map(({ text, sideEffect }, place) => (
              <tr key={text}>
                <th scope="row">{text}{sideEffect && " *"}</th>
                {told.map(({ from, answers }) => <td key={from}>{(answers[place] ?? 0).toFixed(1)}</td>)}
              </tr>
            ))}
            <tr><th scope="row">Total</th>{told.map(({ from, total }) => <td key={from}>{(total ?? 0).toFixed(1)}</td>)}</tr>
            <tr>
              <th scope="row">Without the answers marked *</th>
              {told.map(({ from, without }) => <td key={from}>{(without ?? 0).toFixed(1)}</td>)}
            </tr>
          </tbody>
        </table>
      </div>
      {last.sentence && <p>{last.sentence}</p>}
      <p class="muted">* {strip.note}</p>
    </Card>
  );
}
