import "server-only";
import type { ImageProblem } from "../../domain/egress-problem.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { allRemote, hostOfPicture } from "../../domain/remote-content.ts";
import { EgressError } from "../../egress/egress-error.ts";
import { wayOut } from "../../egress/way-out.ts";
import { log } from "../../telemetry/log.ts";
import { namedImage } from "./image-addresses.ts";
import { pictureType } from "./picture-type.ts";
import { type MessageOutcome, readMessage } from "./read-message.ts";

export type RemoteImage =
  | { readonly ok: true; readonly type: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: ImageProblem };

const accepted = "image/avif,image/webp,image/png,image/jpeg,image/gif";

/** What somebody does who tries where our requests lead, or with what we are fed. */
const suspicious = new Set<ImageProblem>([
  "bad-address",
  "forbidden",
  "no-picture",
  "redirects",
  "too-large",
]);

/** A picture of a message from where the mail says it is, by an address that we have signed. Kept nowhere. */
export async function readRemoteImage(
  accountId: AccountId,
  messageId: MessageId,
  address: string,
  signal: AbortSignal,
): Promise<MessageOutcome<RemoteImage>> {
  const named = namedImage(accountId, messageId, address, Date.now());
  if (named === null) return { ok: false, trouble: "not-found" };
  const message = await readMessage(accountId, messageId, signal);
  if (!message.ok) return message;
  const picture = named.of(allRemote(message.content));
  if (picture === null) return { ok: false, trouble: "not-found" };
  const refused = (problem: ImageProblem, host: string) => {
    const facts = { accountId, messageId, problem, host };
    if (suspicious.has(problem))
      log.warn({ event: "image.refused", ...facts }, "a picture of a mail was refused");
    else if (problem !== "aborted")
      log.info({ event: "image.failed", ...facts }, "a picture of a mail did not come");
    return { ok: true, content: { ok: false, problem } } as const;
  };
  try {
    const bytes = await wayOut().get(picture.address, accepted, { accountId, signal });
    const type = pictureType(bytes);
    return type === null
      ? refused("no-picture", hostOfPicture(picture))
      : { ok: true, content: { ok: true, type, bytes } };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return refused(error.code, error.host ?? hostOfPicture(picture));
  }
}
