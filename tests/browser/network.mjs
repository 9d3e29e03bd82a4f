// A network that can be listened to and cut: a small server between the browser and the demo's.
import { createServer } from "node:http";

/** Stands before `target`; `requests` fills with the paths asked for. */
export async function networkTo(target) {
  const requests = [];
  /** Paths that are answered with something else than `target` has. */
  const replaced = new Map();
  const server = createServer(async (request, response) => {
    requests.push(request.url);
    const answer = await fetch(new URL(request.url, target));
    const headers = Object.fromEntries(
      [...answer.headers].filter(([name]) => !["content-length", "transfer-encoding", "connection"].includes(name)),
    );
    const instead = replaced.get(new URL(request.url, target).pathname);
    response.writeHead(answer.status, headers);
    response.end(instead ?? Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    address: `http://localhost:${server.address().port}/`,
    requests,
    replaced,
    /** From now on nothing answers. */
    async cut() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
