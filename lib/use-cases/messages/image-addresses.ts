import "server-only";
import { createHash } from "node:crypto";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { remoteImagePath } from "../../domain/paths.ts";
import type { RemoteContent, RemotePicture } from "../../domain/remote-content.ts";
import { isSigned, sign } from "./signed.ts";

const hourMs = 3_600_000;

/** Longer ones are asked for by nobody. */
const longestAddress = 8_000;

const digest = (address: string): string =>
  createHash("sha256").update(address).digest("base64url").slice(0, 12);

/**
 * Addresses of ours for the pictures of a message that are there to be seen, by the addresses that the mail names. Each is for this
 * account and message alone, names a picture by its place, and ends within two hours. It is the same for the rest of the hour, so that
 * a browser that has the picture asks for it once.
 */
export function imageAddresses(
  accountId: AccountId,
  messageId: MessageId,
  { pictures }: RemoteContent,
  nowMs: number,
): ReadonlyMap<string, string> {
  const expiresMs = (Math.floor(nowMs / hourMs) + 2) * hourMs;
  return new Map(
    pictures.flatMap(({ address, tracker }, place) => {
      if (tracker !== null || address.length > longestAddress) return [];
      const named = `${place}.${digest(address)}`;
      const signed = sign("image", expiresMs, [accountId, messageId, named]);
      return [[address, remoteImagePath(accountId, messageId, `${named}.${signed}`)] as const];
    }),
  );
}

/** What an address of ours stands for, before the message was read. */
export interface NamedImage {
  /** The picture, if it is still the message's. Null for a tracker, whoever asks. */
  of(content: RemoteContent): RemotePicture | null;
}

/** Null for an address that was not signed here for this account and message, or whose time is over. */
export function namedImage(
  accountId: AccountId,
  messageId: MessageId,
  address: string,
  nowMs: number,
): NamedImage | null {
  const [, place = "", wanted = "", signed = ""] = /^(\d{1,6})\.([\w-]{12})\.(.+)$/u.exec(address) ?? [];
  if (!isSigned(signed, "image", [accountId, messageId, `${place}.${wanted}`], nowMs)) return null;
  return {
    of({ pictures }) {
      const picture = pictures[Number(place)];
      return picture?.tracker === null && digest(picture.address) === wanted ? picture : null;
    },
  };
}
