import { isDoselineError } from "doseline";
import type { JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ChoicePage } from "./choice.js";
import { DiaryPage } from "./diary.js";
import { type Opened, openExample, openFile, openFor, openOwn, type Place } from "./opening.js";
import { isScreen, type Screen } from "./screens.js";

/** Where the page's address leads: to a screen of a diary, or to the choice. */
type Address = { place: Place; screen: Screen } | null;

/** The whole page. `update` switches to a newer version that lies ready. */
export function App({ update }: { update: (() => void) | null }): JSX.Element {
  const [hash, setHash] = useState(location.hash);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const address = addressed(hash);
  const place = address?.place ?? null;
  /** The place that is wanted now, so that a slow opening cannot take over a later one. */
  const wanted = useRef(place);
  wanted.current = place;

  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    addEventListener("hashchange", follow);
    // It may have changed between the first drawing and this.
    follow();
    return () => removeEventListener("hashchange", follow);
  }, []);

  const open = useCallback(async (opening: Promise<Opened>): Promise<void> => {
    setProblem(null);
    try {
      const next = await opening;
      if (next.place === "file") {
        wanted.current = "file";
        location.hash = "#file/timeline";
      }
      if (wanted.current !== next.place) return void next.diary.close();
      setOpened(next);
    } catch (error) {
      setProblem(isDoselineError(error) ? error.message : "This diary could not be opened. Please try again.");
      location.hash = "";
    }
  }, []);

  useEffect(() => {
    if (opened?.place === place) return;
    setOpened(null);
    if (place === "own") void open(openOwn());
    else if (place === "file") location.hash = "";
    else if (place !== null) void open(openExample(place));
  }, [place]);

  useEffect(() => () => void opened?.diary.close(), [opened]);

  const ready = opened !== null && opened.place === place;
  return (
    <>
      {/* Beside the screens, so that it stays open while one of them is still being made ready. */}
      <doseline-help show="dialog" diary={ready ? opened.diary : null} />
      {update && (
        <p class="update" role="status">
          Update ready. <button class="button" onClick={update}>Load it</button>
        </p>
      )}
      {ready ? (
        <DiaryPage
          key={place} opened={opened} screen={address?.screen ?? "today"}
          onAudience={(audience) => open(openFor(audience, opened))}
        />
      ) : (
        <ChoicePage
          busy={place !== null && place !== "file"}
          problem={problem}
          onFile={(file) => void open(openFile(file))}
        />
      )}
    </>
  );
}

function addressed(hash: string): Address {
  const [place = "", screen = ""] = hash.slice(1).split("/");
  if (!/^(own|file|example-[1-9])$/.test(place) || !isScreen(screen)) return null;
  return { place: place as Place, screen };
}
