/**
 * What a message brings as a file and means as a card: events and people. Types only: components may import this file.
 * @see https://www.rfc-editor.org/rfc/rfc5545, https://www.rfc-editor.org/rfc/rfc5546, https://www.rfc-editor.org/rfc/rfc6350
 */

import type { MailAddress } from "./mail-address.ts";

export type Card = CalendarCard | ContactsCard | UnreadableCard;

/** The file that a card was read from. */
export interface CardSource {
  readonly partId: string;
  /** Safe to show and to save. */
  readonly filename: string;
}

/** What the sender of a calendar file wants with it; null where the file does not say. @see RFC 5546 §1.4 */
export type CalendarMethod =
  | "publish"
  | "request"
  | "reply"
  | "add"
  | "cancel"
  | "refresh"
  | "counter"
  | "declinecounter";

export interface CalendarCard {
  readonly kind: "calendar";
  readonly source: CardSource;
  readonly method: CalendarMethod | null;
  /** At least one; the first ones where there are many. */
  readonly events: readonly CalendarEvent[];
  /** Events that are not among them. */
  readonly moreEvents: number;
  readonly faults: readonly CardFault[];
}

/**
 * A time as calendars write it, in milliseconds since the epoch. Days and floating times belong to no zone: theirs are
 * counted as if it were UTC, and they are the same day and hour wherever they are read.
 */
export interface CalendarTime {
  readonly kind: "day" | "floating" | "moment";
  readonly ms: number;
}

export interface EventSpan {
  readonly start: CalendarTime | null;
  /** The first moment, or the first day, that is no longer part of it; null where it has no duration. */
  readonly end: CalendarTime | null;
}

export interface CalendarEvent extends EventSpan {
  readonly uid: string | null;
  readonly title: string | null;
  /** When it was to be, by an earlier invitation; null where that was the same, or is not known. */
  readonly was: EventSpan | null;
  /** Where it was planned, as far as its times tell: an IANA name, or an offset such as "+05:30". */
  readonly zone: string | null;
  readonly isCancelled: boolean;
  readonly isTentative: boolean;
  /** How many times it was changed. @see RFC 5545 §3.8.7.4 */
  readonly sequence: number;
  readonly place: string | null;
  /** http or https. */
  readonly links: readonly string[];
  readonly description: string | null;
  /** A word that came with an answer. */
  readonly comment: string | null;
  readonly organizer: MailAddress | null;
  /** The first ones where there are many. */
  readonly guests: readonly Guest[];
  readonly guestCount: number;
  readonly recurrence: Recurrence | null;
  /** This is one event of a series, or one and all that follow. */
  readonly ofSeries: { readonly was: CalendarTime | null; readonly andLater: boolean } | null;
  readonly faults: readonly EventFault[];
}

export type Answer = "accepted" | "declined" | "tentative" | "delegated" | "none";

export interface Guest {
  readonly person: MailAddress;
  readonly answer: Answer;
  readonly role: "chair" | "required" | "optional" | "informed";
  /** Rooms and resources are invited, too. */
  readonly isPerson: boolean;
  readonly comment: string | null;
  /** Who comes instead. */
  readonly delegates: readonly string[];
}

/** How an event repeats. @see RFC 5545 §3.3.10 */
export interface Recurrence {
  readonly every: "year" | "month" | "week" | "day" | "hour" | "minute" | "second";
  readonly interval: number;
  /** `nth` is 0 for every such day, −1 for the last one. Monday is 1, Sunday 7. */
  readonly days: readonly { readonly weekday: number; readonly nth: number }[];
  /** −1 is the last day. */
  readonly monthDays: readonly number[];
  /** January is 1. */
  readonly months: readonly number[];
  readonly until: CalendarTime | null;
  readonly count: number | null;
  /** Dates on which it does not happen: the first ones, and how many there are. */
  readonly except: readonly CalendarTime[];
  readonly exceptCount: number;
  /** Dates on which it happens besides. */
  readonly extraCount: number;
  /** Parts of the rule that no sentence says. */
  readonly unsaid: readonly string[];
}

export type EventFault =
  | { readonly code: "no-start" }
  | { readonly code: "ends-before-start" }
  /** Its times are read as floating ones. */
  | { readonly code: "zone-unknown"; readonly name: string }
  | { readonly code: "rule-unreadable" };

export type CardFault =
  /** The file breaks off. */
  | { readonly code: "truncated" }
  /** So many lines of it say nothing. */
  | { readonly code: "lines-unreadable"; readonly count: number }
  /** Who sent the message is not who speaks in the file. */
  | { readonly code: "other-sender"; readonly named: string; readonly sender: string };

export interface ContactsCard {
  readonly kind: "contacts";
  readonly source: CardSource;
  /** At least one; the first ones where there are many. */
  readonly contacts: readonly Contact[];
  readonly moreContacts: number;
  readonly faults: readonly CardFault[];
}

/** A way to reach somebody, and what it is for: "home", "work", "cell", in the words of the file. */
export interface Reach {
  readonly value: string;
  readonly uses: readonly string[];
}

export interface Contact {
  readonly name: string | null;
  readonly organization: string | null;
  readonly title: string | null;
  readonly emails: readonly Reach[];
  readonly phones: readonly Reach[];
  readonly addresses: readonly Reach[];
  /** http or https. */
  readonly links: readonly string[];
  /** As the file writes it where it is no whole date. */
  readonly birthday: string | null;
  readonly note: string | null;
  readonly hasPicture: boolean;
}

export interface UnreadableCard {
  readonly kind: "unreadable";
  readonly format: "calendar" | "contact";
  readonly source: CardSource;
  readonly reason: /** Gmail keeps it apart and it was not loaded. */
    | "not-loaded"
    | "too-large"
    | "empty"
    /** It holds nothing of the kind that its name says. */
    | "other-kind"
    /** Tasks, journals or free hours, and no event. */
    | "no-event";
}
