import { render } from "preact";
import { version } from "../api/index.js";

/** Shows the engine's version. */
export class DoselineVersion extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const root = this.attachShadow({ mode: "open" });
    render(<p>Doseline {await version()}</p>, root);
  }
}

customElements.define("doseline-version", DoselineVersion);
