/** Defines the elements that are there, once, whoever asks first. */
import { DoselineResponse } from "./response/element.js";
import { DoselineTimeline } from "./timeline/element.js";

export { DoselineElement, DoselineEntryEvent } from "./element.js";
export { DoselineResponse } from "./response/element.js";
export { DoselineTimeline } from "./timeline/element.js";

const elements: Record<string, CustomElementConstructor> = {
  "doseline-timeline": DoselineTimeline,
  "doseline-response": DoselineResponse,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
