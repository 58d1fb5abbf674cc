/** Where a meeting is joined: addresses that calendars put in fields of their own, or in the middle of a text. */

import type { PropertyReader } from "./properties.ts";

const fields = [
  "conference",
  "x-google-conference",
  "x-microsoft-skypeteamsmeetingurl",
  "x-microsoft-onlinemeetingexternallink",
];

const address = /https?:\/\/[^\s<>"'\\)\]]+/giu;
/** In a description stand many addresses; these are meetings. */
const meeting =
  /^https:\/\/(?:meet\.google\.com|teams\.(?:microsoft|live)\.com\/(?:l\/meetup-join|meet)|[\w.-]+\.zoom\.us\/[jw]|zoom\.us\/[jw]|[\w.-]+\.webex\.com|meet\.jit\.si|whereby\.com|meet\.goto\.com)\//iu;

const mostLinks = 3;

/** http and https alone, each once; those of own fields first. */
export function linksOf(properties: PropertyReader): string[] {
  const own = fields.flatMap((name) => properties.all(name).map(({ values }) => String(values[0])));
  const inPlace = found(properties.text("location"));
  const inText = found(properties.text("description")).filter((link) => meeting.test(link));
  const given = properties.text("url");
  const links = [...own, ...inPlace, ...inText.slice(0, 1), ...(given === null ? [] : [given])];
  return [...new Set(links.flatMap(asLink))].slice(0, mostLinks);
}

const found = (text: string | null): string[] => text?.slice(0, 20_000).match(address)?.slice(0, 50) ?? [];

function asLink(text: string): string[] {
  const trimmed = text.trim().replace(/[.,;:!?]+$/u, "");
  if (trimmed.length > 2_000 || !URL.canParse(trimmed)) return [];
  const { protocol, href } = new URL(trimmed);
  return protocol === "https:" || protocol === "http:" ? [href] : [];
}
