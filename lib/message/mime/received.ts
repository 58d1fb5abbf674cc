/**
 * The hop by which a message came to Google, as Google's receiving server wrote it down.
 * @see https://www.rfc-editor.org/rfc/rfc5321 §4.4
 */

import type { Header } from "../../domain/mail.ts";
import { asciiDomain } from "./organization.ts";

export interface Hop {
  /** The name of the server's address in DNS, not the one it gave itself; null where it has none. */
  readonly host: string | null;
  /** IPv4 or IPv6. */
  readonly address: string | null;
  readonly isEncrypted: boolean;
}

interface Line {
  /** Null for a hop between two servers of one house. */
  readonly from: string | null;
  readonly by: string;
  readonly how: string;
}

/** Where mail from outside enters; "smtp.gmail.com" is for what a person's own program hands in. */
const entrances = new Set(["mx.google.com", "smtp.gmail.com"]);

/** "by 2002:a05:6102:3f4d:b0:4a5:1234:5678 with SMTP id": so Google's own servers call each other. */
const withinGoogle = /^(?:[\da-f:.]+|[\w.-]+\.google\.com)$/iu;

/** Whether these headers, those above what Google wrote, hold the line of a server that is none of Google's. */
export function passedElsewhere(above: readonly Header[]): boolean {
  return receivedLines(above).some(
    ({ from, by }) => !(from === null ? withinGoogle : /google|gmail/u).test(by),
  );
}

/** The topmost line that tells a hop from outside; Google's own above it have no "from". Null where it is not Google's. */
export function hopIntoGoogle(headers: readonly Header[]): Hop | null {
  const line = receivedLines(headers).find(({ from }) => from !== null);
  if (line === undefined || !entrances.has(line.by)) return null;
  // "from helo.example (mail.example.org. [203.0.113.7])": what stands before the brackets is only claimed.
  const [, name, address] =
    /\((?:([\w-]+(?:\.[\w-]+)+)\.?|[\w-]*) ?\[([\da-f:.]+)\]\)$/iu.exec(line.from ?? "") ?? [];
  return {
    host: name === undefined ? null : asciiDomain(name),
    address: address ?? null,
    isEncrypted: /\bversion=TLS|\bwith (?:UTF8|E)SMTPSA?\b/iu.test(line.how),
  };
}

/** As long as no honest line is: what asks for less finds it at the start. */
const lineLimit = 4_000;

function receivedLines(headers: readonly Header[]): Line[] {
  return headers.flatMap(({ name, value }) => {
    if (name.toLowerCase() !== "received") return [];
    const text = value.slice(0, lineLimit).replace(/\s+/gu, " ").trim();
    const [, from, by = "", how = ""] = /^(?:from (.*?) )?by ([^\s;]+)(.*)$/iu.exec(text) ?? [];
    return [{ from: from ?? (/^from /iu.test(text) ? "" : null), by: by.toLowerCase(), how }];
  });
}
