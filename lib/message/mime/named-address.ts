/** A mailbox with the name it gives itself, unless that pretends to be an address. */

import type { MailAddress } from "../../domain/readable-message.ts";
import { oneLine } from "./visible-text.ts";

/** A parsed entry, with the name as it was given even where {@link MailAddress.name} withholds it. */
export interface NamedAddress extends MailAddress {
  readonly givenName: string | null;
}

/** The entry without what was withheld: what leaves this folder. */
export function plainAddress({ name, address }: NamedAddress): MailAddress {
  return { name, address };
}

/** An address as it stands, without spaces and controls. */
export function bare(text: string): string {
  return oneLine(text).replace(/ /gu, "").slice(0, 320);
}

/** As it is written, and as it looks: full-width letters, spaces around the at sign, other full stops. */
const addressInName = /[^\s<>"'(),;:@]+ ?@ ?[^\s<>"'(),;:@]+[.。][^\s<>"'(),;:@]+/u;

/** Withholds a name that repeats the address, or that pretends to be another one, or to be one where there is none. */
export function named(text: string, address: string): NamedAddress | null {
  const name = text.replace(/^'(.*)'$/u, "$1").trim() || null;
  if (name === null && address === "") return null;
  const claimed =
    name === null ? null : (addressInName.exec(name.slice(0, 500).normalize("NFKC"))?.[0] ?? null);
  const misleads = claimed !== null && claimed.toLowerCase() !== address.toLowerCase();
  const repeats = name?.toLowerCase() === address.toLowerCase();
  return { name: misleads || repeats ? null : name, address, givenName: name };
}
