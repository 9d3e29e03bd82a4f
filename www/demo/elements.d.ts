/** The product's elements as JSX knows them: a diary in, and attributes. */
import type { Diary } from "doseline";

interface ElementProps {
  diary: Diary;
  class?: string;
}

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "doseline-check-in": ElementProps;
      "doseline-exposure": ElementProps;
      "doseline-flags": ElementProps;
      "doseline-goals": ElementProps;
      "doseline-help": { diary: Diary | null; show?: "dialog"; class?: string };
      "doseline-journey": ElementProps;
      "doseline-lag": ElementProps;
      "doseline-medicines": ElementProps & { show?: "doses" | "medicines" };
      "doseline-profile": ElementProps;
      "doseline-questionnaire": ElementProps;
      "doseline-record": ElementProps;
      "doseline-timeline": ElementProps;
      "doseline-trials": ElementProps;
      "doseline-visit": ElementProps & { show?: "concern" };
      "doseline-response": ElementProps;
    }
  }
}
