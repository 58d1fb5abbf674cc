/**
 * The way of a message, as the servers on it wrote it down. Only what stands above the first line of a server that one trusts
 * is true for certain: everything below may be made up.
 * @see https://www.rfc-editor.org/rfc/rfc5321 §4.4
 */

import { isIP } from "node:net";
import type { Header } from "../../domain/mail.ts";
import type { Hop, HopOddity } from "../../domain/original-message.ts";
import { headerDate } from "../mime/headers.ts";
import { visibleSource } from "./visible-source.ts";

/** More servers than any mail passes. */
const hopsLimit = 50;

/** No honest line is longer. */
const lineLimit = 4_000;

/** Clocks are seldom right to the second. */
const clockToleranceMs = 60_000;

/** Mail that waits this long was held up: at a server that asks to come again, or one that was away. */
const slowMs = 10 * 60_000;

/** The hops from the sender on. Promises not to throw. */
export function hopsOf(headers: readonly Header[]): Hop[] {
  const lines = headers.filter(({ name }) => name.toLowerCase() === "received").slice(0, hopsLimit);
  const hops: Hop[] = [];
  let before: Date | null = headerDate(headers);
  for (const { value } of lines.reverse()) {
    const hop = hopOf(value.slice(0, lineLimit).replace(/\s+/gu, " ").trim(), before);
    hops.push(hop);
    before = hop.at ?? before;
  }
  return hops;
}

/** From the first clock to the last; null where there are no two, or where they contradict each other. */
export function tookMs(headers: readonly Header[], hops: readonly Hop[]): number | null {
  const sent = headerDate(headers);
  const times = [sent, ...hops.map(({ at }) => at)].filter((at) => at !== null);
  const [first, last] = [times[0], times.at(-1)];
  const took = first && last && times.length > 1 ? last.getTime() - first.getTime() : -1;
  return took < 0 ? null : took;
}

/** "from helo.example (name.example. [203.0.113.7])": what stands before the bracket is only claimed. */
const fromPattern = /^from (\S+)(?: \(([^()]{0,500}))?/iu;
const hostPattern = /^([\w-]+(?:\.[\w-]+)*\.[a-z][\w-]+)\.?(?: |\[|$)/iu;
const addressPattern = /(?:^|\[(?:IPv6:)?)([\da-f:.]{2,51})(?:\]|$)/iu;

function hopOf(line: string, before: Date | null): Hop {
  const semicolon = line.lastIndexOf(";");
  const at = headerDate([{ name: "date", value: line.slice(semicolon + 1) }]);
  const [, from = null, told = ""] = fromPattern.exec(line) ?? [];
  const how = withoutComments(semicolon === -1 ? line : line.slice(0, semicolon));
  const protocol = /(?:^| )with (\S+)/iu.exec(how)?.[1] ?? null;
  const hop = {
    from: shown(from),
    host: hostPattern.exec(told)?.[1] ?? null,
    address: addressIn(told),
    by: shown(/(?:^| )by (\S+)/iu.exec(how)?.[1] ?? null),
    protocol: shown(protocol),
    at,
    delayMs: at && before ? at.getTime() - before.getTime() : null,
  };
  return { ...hop, oddities: odditiesOf(hop, line) };
}

const shown = (text: string | null): string | null => text && visibleSource(text).slice(0, 255);

/** Some write the port behind it. */
function addressIn(told: string): string | null {
  const found = addressPattern.exec(told)?.[1] ?? "";
  return [found, found.replace(/:\d+$/u, "")].find((address) => isIP(address) > 0) ?? null;
}

function withoutComments(text: string): string {
  let [depth, plain] = [0, ""];
  for (const character of text) {
    if (character === "(") depth += 1;
    else if (character === ")" && depth > 0) depth -= 1;
    else if (depth === 0) plain += character;
  }
  return plain.replace(/ +/gu, " ");
}

function odditiesOf(hop: Omit<Hop, "oddities">, line: string): HopOddity[] {
  const { from, host, address, protocol, at, delayMs } = hop;
  const odd: HopOddity[] = [];
  if (at === null) odd.push("no-date");
  if (delayMs !== null && delayMs < -clockToleranceMs) odd.push("before-the-last");
  if (delayMs !== null && delayMs > slowMs) odd.push("slow");
  const isEncrypted = /^(?:UTF8)?(?:E?SMTPS|LMTPS|HTTPS)A?$/iu.test(protocol ?? "") || /TLS/iu.test(line);
  if (/^(?:UTF8)?E?SMTPA?$/iu.test(protocol ?? "") && !isEncrypted && isOutside(from, address)) {
    odd.push("in-clear");
  }
  if (from !== null && host !== null && isName(from) && isName(host) && house(from) !== house(host)) {
    odd.push("other-name");
  }
  return odd;
}

const isName = (text: string): boolean => /^(?!localhost)[\w-]+(?:\.[\w-]+)*\.[a-z][\w-]+$/iu.test(text);

/** Servers of one house share the end of their names. */
const house = (name: string): string => name.toLowerCase().split(".").slice(-2).join(".");

/** Within a house, or a machine, mail goes in clear, and no stranger sees it. */
function isOutside(from: string | null, address: string | null): boolean {
  if (from === null || address === null) return false;
  return !/^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe80)/iu.test(address);
}
