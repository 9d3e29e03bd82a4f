/**
 * Keeps the page's files for visits without a network, through the service worker.
 *
 * A new version waits until the reader asks for it: `onUpdate` is called with what to do then. It
 * is called too when another tab has switched, since this page is then older than its files.
 */
export async function keepOffline(onUpdate: (apply: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker) return;
  let asked = false;
  const reload = (): void => location.reload();
  const offer = (waiting: ServiceWorker): void =>
    onUpdate(() => {
      asked = true;
      waiting.postMessage("take over");
    });

  // The first worker takes a page over that had none: that is no change of version.
  let controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => {
    if (!controlled) controlled = true;
    else if (asked) reload();
    else onUpdate(reload);
  });
  try {
    const registration = await serviceWorker.register(scriptAddress("service-worker.js") as string);
    if (registration.waiting) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && serviceWorker.controller) offer(worker);
      });
    });
  } catch (error) {
    // Where service workers are refused the page still works, with a network.
    console.warn("Doseline is not kept for visits without a network:", error);
  }
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): unknown };
}

/** A script's address as the page's content policy asks for it, where the browser has such policies. */
function scriptAddress(address: string): unknown {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("doseline-demo", {
    createScriptURL: (wanted) => new URL(wanted, document.baseURI).href,
  });
  return policy ? policy.createScriptURL(address) : address;
}
