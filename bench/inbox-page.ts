/** The inbox as a browser without a script would get it: one request, read to its last byte. */
import type { ConnectedPerson } from "./person.ts";

export interface InboxPage {
  /** In the order of their arrival. */
  readonly ids: readonly string[];
  /** Milliseconds from the request to the row that fills the page. */
  readonly rowsMs: number;
  readonly lastByteMs: number;
}

/** @throws Error when the page is not there, or has not this many rows */
export async function readInboxPage(
  url: string,
  { accountId, cookies }: ConnectedPerson,
  wantedRows: number,
): Promise<InboxPage> {
  const startedMs = performance.now();
  const answer = await fetch(`${url}/mail/${accountId}/inbox`, {
    headers: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    redirect: "error",
  });
  if (!answer.ok || !answer.body) throw new Error(`The inbox answered ${answer.status}.`);
  const row = new RegExp(`href="/mail/${accountId}/message/([^"]+)"`, "g");
  let markup = "";
  let rowsMs = 0;
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    markup += chunk;
    if (rowsMs === 0 && (markup.match(row)?.length ?? 0) >= wantedRows)
      rowsMs = performance.now() - startedMs;
  }
  const lastByteMs = performance.now() - startedMs;
  const ids = [...markup.matchAll(row)].map(([, id = ""]) => id);
  if (ids.length !== wantedRows) throw new Error(`The inbox has ${ids.length} rows, not ${wantedRows}.`);
  return { ids, rowsMs, lastByteMs };
}
