/**
 * The demo page.
 */
import "doseline/elements";

await navigator.serviceWorker.register(scriptAddress("service-worker.js") as string);

/** A script's address as the page's content policy asks for it, where the browser has such policies. */
function scriptAddress(address: string): unknown {
  const { trustedTypes } = window as {
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(address: string): string },
      ): { createScriptURL(address: string): unknown };
    };
  };
  const policy = trustedTypes?.createPolicy("doseline-demo", {
    createScriptURL: (wanted) => new URL(wanted, document.baseURI).href,
  });
  return policy ? policy.createScriptURL(address) : address;
}
