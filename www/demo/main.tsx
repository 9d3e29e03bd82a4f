import "doseline/elements";

await navigator.serviceWorker.register("service-worker.js");
