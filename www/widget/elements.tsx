/** Defines the elements that are there, once, whoever asks first. */
export { DoselineElement, DoselineEntryEvent } from "./element.js";
