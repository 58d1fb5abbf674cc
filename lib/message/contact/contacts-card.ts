/**
 * A file of contacts as a card: vCard 2.1, 3.0 and 4.0. Nothing that a contact points at is loaded.
 * @see https://www.rfc-editor.org/rfc/rfc6350, https://www.rfc-editor.org/rfc/rfc2426
 */

import type {
  CardFault,
  CardSource,
  Contact,
  ContactsCard,
  Reach,
  UnreadableCard,
} from "../../domain/card.ts";
import { type Component, componentsNamed, readComponents, textOf } from "../calendar/components.ts";
import { shortText } from "../calendar/guests.ts";
import { type Property, type PropertyReader, readProperties } from "../calendar/properties.ts";
import { bare } from "../mime/named-address.ts";
import { clipped, printable } from "../mime/visible-text.ts";

/** A telephone's whole address book has hundreds; how many more there are is said. */
const mostContacts = 20;
/** Telephone numbers and the like of one contact. */
const mostOfEach = 20;
const noteLimit = 2_000;

const names = new Set("fn n nickname org title role email tel adr url bday note".split(" "));

/** Reads a file of contacts. Promises not to throw: what cannot be read is said. @param charset as the part names it */
export function readContacts(
  bytes: Uint8Array,
  source: CardSource,
  charset: string | null,
): ContactsCard | UnreadableCard {
  const { found, counts, truncated, stray } = readComponents(bytes, mostContacts);
  const components = componentsNamed(found, "vcard");
  if (components.length === 0) {
    const reason = bytes.length === 0 ? "empty" : "other-kind";
    return { kind: "unreadable", format: "contact", source, reason };
  }
  const read = components.map((component) => readContact(component, charset));
  const lines = read.reduce((sum, { unreadableLines }) => sum + unreadableLines, stray);
  const faults: CardFault[] = [];
  if (truncated) faults.push({ code: "truncated" });
  if (lines > 0) faults.push({ code: "lines-unreadable", count: lines });
  return {
    kind: "contacts",
    source,
    contacts: read.map(({ contact }) => contact),
    moreContacts: (counts.get("vcard") ?? 0) - read.length,
    faults,
  };
}

function readContact(
  component: Component,
  charset: string | null,
): { readonly contact: Contact; readonly unreadableLines: number } {
  const design = textOf(component, "VERSION")?.startsWith("4") ? "vcard" : "vcard3";
  const properties = readProperties(component, names, { design, charset }, mostOfEach);
  const note = properties.text("note");
  const emails = reaches(properties, "email", bare);
  return {
    unreadableLines: properties.unreadable,
    contact: {
      name: nameOf(properties) ?? shortText(properties.text("nickname")),
      organization: shortText(properties.text("org")),
      title: shortText(properties.text("title") ?? properties.text("role")),
      emails,
      phones: reaches(properties, "tel", (value) => value.replace(/^tel:/iu, "")),
      addresses: reaches(properties, "adr", (value) => value),
      links: properties.all("url").flatMap(asLink),
      birthday: birthdayOf(properties.text("bday")),
      note: note === null ? null : clipped(printable(note).trim(), noteLimit) || null,
      hasPicture: component.lines.some((line) => /^\s*(?:[\w-]+\.)?PHOTO[;:]/iu.test(line)),
    },
  };
}

/** As the contact is called; put together from its parts where that is left out. */
function nameOf(properties: PropertyReader): string | null {
  const whole = shortText(properties.text("fn"));
  if (whole !== null) return whole;
  const parts = [properties.first("n")?.values[0] ?? []].flat().map((part) => [part].flat().join(" "));
  const [family = "", given = "", middle = "", before = "", after = ""] = parts;
  return shortText([before, given, middle, family, after].filter(Boolean).join(" "));
}

function reaches(properties: PropertyReader, name: string, clean: (value: string) => string): Reach[] {
  const seen = new Set<string>();
  return properties.all(name).flatMap((property) => {
    const parts = property.values.flat(2).map((part) => String(part).trim());
    const value = shortText(clean(parts.filter(Boolean).join(", ")));
    if (value === null || seen.has(value)) return [];
    seen.add(value);
    return [{ value, uses: usesOf(property) }];
  });
}

const knownUses = new Set(["home", "work", "cell", "fax"]);

const usesOf = ({ parameters }: Property): string[] => [
  ...new Set(
    [parameters.type ?? []]
      .flat()
      .flatMap((type) => type.toLowerCase().split(","))
      .filter((use) => knownUses.has(use)),
  ),
];

function asLink({ values }: Property): string[] {
  const text = String(values[0]).replaceAll("\\", "").trim();
  if (text.length > 2_000 || !URL.canParse(text)) return [];
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? [href] : [];
}

/** "1990-01-31" where it is a whole date. */
function birthdayOf(text: string | null): string | null {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)/u.exec(text ?? "") ?? [];
  return year === undefined ? shortText(text) : `${year}-${month}-${day}`;
}
