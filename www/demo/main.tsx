/** The demo page: it starts the app and keeps its files for the next visit, network or not. */
import "doseline/elements";
import { render } from "preact";
import { pageTheme } from "../widget/theme.js";
import { App } from "./app.js";
import { keepOffline } from "./offline.js";

const theme = new CSSStyleSheet();
theme.replaceSync(pageTheme);
document.adoptedStyleSheets = [theme];

let update: (() => void) | null = null;
const draw = (): void => render(<App update={update} />, document.body);
draw();
await keepOffline((apply) => {
  update = apply;
  draw();
});
