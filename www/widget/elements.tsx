/** Defines the elements, once, whoever asks first. */
import { DoselineCheckIn } from "./check-in/element.js";
import { DoselineExposure } from "./exposure/element.js";
import { DoselineFlags } from "./flags/element.js";
import { DoselineGoals } from "./goals/element.js";
import { DoselineHelp } from "./help/element.js";
import { DoselineJourney } from "./journey/element.js";
import { DoselineLag } from "./lag/element.js";
import { DoselineMedicines } from "./medicines/element.js";
import { DoselineProfile } from "./profile/element.js";
import { DoselineQuestionnaire } from "./questionnaire/element.js";
import { DoselineRecord } from "./record/element.js";
import { DoselineResponse } from "./response/element.js";
import { DoselineTimeline } from "./timeline/element.js";
import { DoselineTrials } from "./trials/element.js";
import { DoselineVisit } from "./visit/element.js";

export {
  DoselineCheckIn, DoselineExposure, DoselineFlags, DoselineGoals, DoselineHelp, DoselineJourney, DoselineLag,
  DoselineMedicines, DoselineProfile, DoselineQuestionnaire, DoselineRecord, DoselineResponse, DoselineTimeline,
  DoselineTrials, DoselineVisit,
};
export { DoselineElement, DoselineEntryEvent } from "./element.js";

const elements: readonly [string, CustomElementConstructor][] = [
  ["doseline-check-in", DoselineCheckIn],
  ["doseline-exposure", DoselineExposure],
  ["doseline-flags", DoselineFlags],
  ["doseline-goals", DoselineGoals],
  ["doseline-help", DoselineHelp],
  ["doseline-journey", DoselineJourney],
  ["doseline-lag", DoselineLag],
  ["doseline-medicines", DoselineMedicines],
  ["doseline-profile", DoselineProfile],
  ["doseline-questionnaire", DoselineQuestionnaire],
  ["doseline-record", DoselineRecord],
  ["doseline-response", DoselineResponse],
  ["doseline-timeline", DoselineTimeline],
  ["doseline-trials", DoselineTrials],
  ["doseline-visit", DoselineVisit],
];

for (const [tag, element] of elements) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

declare global {
  interface HTMLElementTagNameMap {
    "doseline-check-in": DoselineCheckIn;
    "doseline-exposure": DoselineExposure;
    "doseline-flags": DoselineFlags;
    "doseline-goals": DoselineGoals;
    "doseline-help": DoselineHelp;
    "doseline-journey": DoselineJourney;
    "doseline-lag": DoselineLag;
    "doseline-medicines": DoselineMedicines;
    "doseline-profile": DoselineProfile;
    "doseline-questionnaire": DoselineQuestionnaire;
    "doseline-record": DoselineRecord;
    "doseline-response": DoselineResponse;
    "doseline-timeline": DoselineTimeline;
    "doseline-trials": DoselineTrials;
    "doseline-visit": DoselineVisit;
  }
  interface HTMLElementEventMap {
    "doseline-entry": import("./element.js").DoselineEntryEvent;
  }
}
