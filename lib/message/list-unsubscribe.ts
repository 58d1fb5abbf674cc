/**
 * How to leave the mailing list that a message came by.
 * @see https://www.rfc-editor.org/rfc/rfc2369#section-3.2, https://www.rfc-editor.org/rfc/rfc8058
 */

import type { Header } from "../domain/mail.ts";
import type { Unsubscribe } from "../domain/unsubscribe.ts";
import { headerValue } from "./mime/headers.ts";
import { coversAll } from "./mime/signed-headers.ts";
import { oneLine } from "./mime/visible-text.ts";

const mostAddresses = 10;
const longestAddress = 4_000;
const longestText = 500;

/** Null where the message names no way. Promises not to throw. */
export function listUnsubscribe(headers: readonly Header[]): Unsubscribe | null {
  const named = headerValue(headers, "list-unsubscribe");
  if (named === null) return null;
  const addresses = addressesIn(named);
  const secure = addresses.find((address) => address.startsWith("https:"));
  const page = secure ?? addresses.find((address) => address.startsWith("http:")) ?? null;
  const mail = addresses.flatMap((address) => draftOf(address) ?? [])[0] ?? null;
  if (page === null && mail === null) return null;
  return { page, mail, oneClick: secure !== undefined && isOneClick(headers) ? secure : null };
}

/** The addresses in angle brackets, without the spaces that long lines were folded at. */
function addressesIn(value: string): string[] {
  return [...value.matchAll(/<([^<>]*)>/gu)].slice(0, mostAddresses).flatMap(([, text = ""]) => {
    const address = text.replace(/\s/gu, "");
    if (address.length > longestAddress || !URL.canParse(address)) return [];
    const { protocol, username, password, href } = new URL(address);
    const isPlain = username === "" && password === "";
    return isPlain && ["https:", "http:", "mailto:"].includes(protocol) ? [href] : [];
  });
}

const proven = ["list-unsubscribe", "list-unsubscribe-post"];

/**
 * Whether a request of ours may be sent: the sender asks for it, both headers stand once, and a signature that Google found
 * to hold covers both. Otherwise whoever put them there could make this server call where they like.
 */
function isOneClick(headers: readonly Header[]): boolean {
  const isAsked = /^\s*List-Unsubscribe\s*=\s*One-Click\s*$/iu.test(
    headerValue(headers, "list-unsubscribe-post") ?? "",
  );
  const standOnce = proven.every(
    (name) => headers.filter((header) => header.name.toLowerCase() === name).length === 1,
  );
  return isAsked && standOnce && coversAll(headers, proven);
}

/** A mail to one address with a subject and a text; what else a link may name (more recipients, files) is left out. */
function draftOf(address: string): string | null {
  if (!address.startsWith("mailto:")) return null;
  const { pathname, searchParams } = new URL(address);
  const recipient = decoded(pathname);
  if (!/^[^\s@,;:<>"()[\]\\?&]{1,200}@[\w.-]{1,250}$/u.test(recipient)) return null;
  const given = [...searchParams].filter(([name]) => /^(?:subject|body)$/iu.test(name));
  const query = given
    .map(
      ([name, text]) =>
        `${name.toLowerCase()}=${encodeURIComponent(oneLine(text).slice(0, longestText).toWellFormed())}`,
    )
    .slice(0, 2)
    .join("&");
  const to = recipient.split("@").map(encodeURIComponent).join("@");
  return `mailto:${to}${query === "" ? "" : `?${query}`}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins nothing: such an address is no recipient.
    return "";
  }
}
