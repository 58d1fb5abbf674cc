/**
 * The way of Inbox Zero, a web client that is open to read: a list of threads, then the threads in batches of 25, one
 * batch after the other. Every thread comes with all its messages, bodies and all.
 * @see https://github.com/elie222/inbox-zero
 */
import { OAuth2Client } from "google-auth-library";
import { gmail } from "googleapis/build/src/apis/gmail/index.js";
import type { GuideOptions } from "./guide-way.ts";

const batchSize = 25;
const boundary = "batch_threads";

export interface ThreadRow {
  readonly id: string;
  readonly messages: number;
}

/** The newest threads of the inbox. @throws Error when one is missing */
export async function readThreads({ rootUrl, accessToken, count }: GuideOptions): Promise<ThreadRow[]> {
  const auth = new OAuth2Client({ credentials: { access_token: accessToken } });
  const api = gmail({ version: "v1", auth, rootUrl });
  const { data } = await api.users.threads.list({ userId: "me", labelIds: ["INBOX"], maxResults: count });
  const ids = (data.threads ?? []).flatMap(({ id }) => id ?? []);
  const rows: ThreadRow[] = [];
  for (let from = 0; from < ids.length; from += batchSize) {
    rows.push(...(await readBatch(rootUrl, accessToken, ids.slice(from, from + batchSize))));
  }
  if (rows.length !== count) throw new Error(`There are ${rows.length} threads, not ${count}.`);
  return rows;
}

async function readBatch(rootUrl: string, accessToken: string, ids: readonly string[]): Promise<ThreadRow[]> {
  const parts = ids.map(
    (id) =>
      `--${boundary}\r\nContent-Type: application/http\r\n\r\nGET /gmail/v1/users/me/threads/${id}\r\n\r\n`,
  );
  const answer = await fetch(`${rootUrl}batch/gmail/v1`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${accessToken}`,
      "Content-Type": `multipart/mixed; boundary=${boundary}`,
      "User-Agent": "bench (gzip)",
    },
    body: `${parts.join("")}--${boundary}--`,
  });
  const text = await answer.text();
  const mark = /boundary=([^;]+)/.exec(answer.headers.get("content-type") ?? "")?.[1];
  if (!answer.ok || !mark) throw new Error(`The batch answered ${answer.status}.`);
  return text
    .split(`--${mark}`)
    .filter((part) => part.includes("{"))
    .map((part) => JSON.parse(part.slice(part.indexOf("{"))))
    .map(({ id, messages }) => ({ id, messages: messages.length }));
}
