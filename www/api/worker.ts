/** The core in a module worker of its own, so that no analysis can make the page wait. */
import { LocalSession, refusalOf, startCoreFrom } from "./core.js";
import { handedOver } from "./parcel.js";
import type { Answer, Request, Start } from "./protocol.js";

const session = new LocalSession();

self.onmessage = (first: MessageEvent<Start>): void => {
  startCoreFrom(first.data.module);
  self.onmessage = async ({ data: { call, name, args } }: MessageEvent<Request>): Promise<void> => {
    let answer: Answer;
    try {
      answer = { call, result: await session.call(name, args) };
    } catch (error) {
      answer = { call, refusal: refusalOf(error) };
    }
    self.postMessage(answer, { transfer: "result" in answer ? handedOver(answer.result) : [] });
  };
  self.postMessage("ready");
};
