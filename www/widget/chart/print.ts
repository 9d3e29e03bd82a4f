/**
 * Prints one element of a page and nothing else of it.
 *
 * A shadow root cannot hide what lies outside it, so for the time of printing every root between
 * the element and the document gets one adopted sheet, and the elements on that path a mark.
 */
const PATH = "data-doseline-print";

const RULES = `@media print {
  body:has([${PATH}]) > :not([${PATH}]), [${PATH}="path"] > :not([${PATH}]), :host([${PATH}="path"]) > :not([${PATH}]) {
    display: none !important;
  }
}`;

/** Opens the browser's print dialogue for one element. */
export function printAlone(element: HTMLElement): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  const marked: Element[] = [];
  const roots: DocumentOrShadowRoot[] = [];
  let here: Node | null = element;
  while (here) {
    if (here instanceof Element && here !== document.documentElement && here !== document.body) {
      here.setAttribute(PATH, here === element ? "this" : "path");
      marked.push(here);
    }
    if (here instanceof Document || here instanceof ShadowRoot) roots.push(here);
    here = here instanceof ShadowRoot ? here.host : here.parentNode;
  }
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const restore = () => {
    for (const root of roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    }
    for (const mark of marked) mark.removeAttribute(PATH);
  };
  window.addEventListener("afterprint", restore, { once: true });
  window.print();
}
