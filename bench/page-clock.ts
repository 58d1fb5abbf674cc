/** How long a page takes to its last byte, by as little of a client as there can be. */
import { Agent, get } from "node:http";
import { gunzipSync } from "node:zlib";
import type { ConnectedPerson } from "./person.ts";

/** One kept connection for each reader at a time. */
const keptAgent = new Agent({ keepAlive: true });

export interface TimedPage {
  readonly ms: number;
  /** As it came: compressed. */
  readonly body: Buffer;
}

/** @throws Error when the inbox does not come with 200, compressed */
export function timeInbox(
  url: string,
  { accountId, cookies }: ConnectedPerson,
  agent: Agent = keptAgent,
): Promise<TimedPage> {
  const headers = {
    Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
    "Accept-Encoding": "gzip",
  };
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    get(`${url}/mail/${accountId}/inbox`, { agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        const ms = performance.now() - startedMs;
        const isPage = answer.statusCode === 200 && answer.headers["content-encoding"] === "gzip";
        if (isPage) resolve({ ms, body: Buffer.concat(chunks) });
        else reject(new Error(`The inbox answered ${answer.statusCode}.`));
      });
    }).once("error", reject);
  });
}

/** The ids of a page's rows, in the order of their arrival, and how long its markup is. */
export function rowsOf({ body }: TimedPage, { accountId }: ConnectedPerson) {
  const markup = gunzipSync(body).toString("utf8");
  const row = new RegExp(`href="/mail/${accountId}/message/([^"]+)"`, "g");
  return { ids: [...markup.matchAll(row)].map(([, id = ""]) => id), characters: markup.length };
}
