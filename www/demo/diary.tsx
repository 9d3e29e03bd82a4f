import type { Audience } from "doseline";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Banner } from "./banner.js";
import { NeedHelp } from "./help.js";
import { More } from "./more.js";
import { NoticedCards } from "./noticed.js";
import type { Opened } from "./opening.js";
import { type Screen, SCREENS } from "./screens.js";

interface Props {
  opened: Opened;
  screen: Screen;
  /** Shows the diary as it is shown to someone else. */
  onAudience(audience: Audience): Promise<void>;
}

/** An open diary: header, what the page has to say about it, and one screen. */
export function DiaryPage({ opened, screen, onAudience }: Props): JSX.Element {
  const { place } = opened;
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = `${SCREENS[screen]} – Doseline`;
    scrollTo(0, 0);
    head.current?.focus({ preventScroll: true });
  }, [screen]);
  return (
    <div class="page with-tabs">
      <header class="top">
        <h1 tabIndex={-1} ref={head}>{SCREENS[screen]}</h1>
        <nav class="tabs" aria-label="Screens">
          {Object.entries(SCREENS).map(([name, label]) => (
            <a key={name} href={`#${place}/${name}`} aria-current={name === screen ? "page" : undefined}>{label}</a>
          ))}
        </nav>
        <NeedHelp />
      </header>
      <main>
        <Banner opened={opened} />
        <ScreenOf opened={opened} screen={screen} onAudience={onAudience} />
      </main>
    </div>
  );
}

function ScreenOf({ opened, screen, onAudience }: Props): JSX.Element {
  const { diary } = opened;
  switch (screen) {
    case "today":
      return (
        <div class="today">
          <doseline-flags class="sheet flags" diary={diary} />
          <doseline-medicines class="sheet doses" show="doses" diary={diary} />
          <doseline-check-in class="sheet check-in" diary={diary} />
          <doseline-record class="sheet record" diary={diary} />
          <doseline-questionnaire class="sheet questionnaires" diary={diary} />
          <doseline-medicines class="sheet medicines" show="medicines" diary={diary} />
          <doseline-goals class="sheet wide" diary={diary} />
          <doseline-visit class="sheet wide" show="concern" diary={diary} />
        </div>
      );
    case "timeline":
      return (
        <>
          <doseline-timeline class="sheet" diary={diary} />
          <NoticedCards diary={diary} />
        </>
      );
    case "doses":
      return (
        <>
          <doseline-response class="sheet" diary={diary} />
          <doseline-trials class="sheet" diary={diary} />
          <doseline-exposure class="sheet" diary={diary} />
          <doseline-lag class="sheet" diary={diary} />
        </>
      );
    case "visit":
      return (
        <div class="visit">
          <doseline-journey class="sheet journey" diary={diary} />
          <doseline-profile class="sheet profile" diary={diary} />
          <doseline-visit class="sheet brief" diary={diary} />
        </div>
      );
    case "more":
      return <More opened={opened} onAudience={onAudience} />;
  }
}
