import { version } from "./index.js";

self.onmessage = async () => self.postMessage(await version());
