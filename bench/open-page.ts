/** A page that stands open: what it is told over its stream of events. */
import type { MailboxEvent } from "#lib/domain/copy-head.ts";
import type { ConnectedPerson } from "./person.ts";

export interface OpenPage {
  /** Resolves with the next event from now on that tells of new messages. */
  nextArrival(): Promise<void>;
  close(): void;
}

/** @throws Error when there is no stream */
export async function openPage(url: string, { accountId, cookies }: ConnectedPerson): Promise<OpenPage> {
  const closing = new AbortController();
  const answer = await fetch(`${url}/mail/${accountId}/live`, {
    headers: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    signal: closing.signal,
    redirect: "error",
  });
  if (!answer.ok || !answer.body) throw new Error(`The stream answered ${answer.status}.`);
  const waiting = new Set<() => void>();
  const listen = async (body: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    let text = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const parts = `${text}${chunk}`.split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) if (tellsOfArrival(part)) for (const resolve of waiting) resolve();
    }
  };
  listen(answer.body).catch(() => {}); // Closed by us, or by the end of the server: then nothing arrives any more.
  return {
    nextArrival: () =>
      new Promise((resolve) => {
        const arrived = () => {
          waiting.delete(arrived);
          resolve();
        };
        waiting.add(arrived);
      }),
    close: () => closing.abort(),
  };
}

function tellsOfArrival(part: string): boolean {
  if (!part.startsWith("data: ")) return false;
  const { added } = JSON.parse(part.slice("data: ".length)) as MailboxEvent;
  return Object.keys(added ?? {}).length > 0;
}
