import { addressOf, type Letter } from "../mailbox/letter.ts";
import type { Person } from "../people.ts";
import { pick, type Random, randomFrom, seedOf } from "../random.ts";
import { userLabels } from "./label-plans.ts";
import type { Threads } from "./seed-threads.ts";
import type { Corpus, Topic } from "./topic.ts";

/** So many of the newest messages came from others, and none of them is spam or in the bin: they are in the inbox. */
const newestInInbox = 5;

interface Matter {
  topic: Topic;
  corpus: Corpus;
  slots: Record<string, string>;
  correspondent: string;
}

/** Writes the letters of one seeded mailbox, each from its number alone. */
export class Writer {
  readonly root: number;
  threads: Threads = { roots: [], places: [], previous: [] };
  readonly #person: Person;
  readonly #corpora: Corpus[];
  readonly #datesMs: number[];
  readonly #labels: Set<string>;
  readonly #matters = new Map<number, Matter>();

  constructor(of: { person: Person; corpora: Corpus[]; root: number; datesMs: number[] }) {
    this.root = of.root;
    this.#person = of.person;
    this.#corpora = of.corpora;
    this.#datesMs = of.datesMs;
    const kind = of.person.correspondence === "empty" ? "english" : of.person.correspondence;
    this.#labels = new Set(userLabels[kind].map(({ name }) => name));
  }

  knowsLabel(name: string): boolean {
    return this.#labels.has(name);
  }

  isNewest(index: number): boolean {
    return index >= this.#datesMs.length - newestInInbox;
  }

  /** What a thread beginning with this message would be about. */
  topicOf(index: number): Topic {
    return this.#matterOf(index).topic;
  }

  topicOfThread(index: number): Topic {
    return this.topicOf(this.#rootOf(index));
  }

  /** Written by the owner of the mailbox: every other answer, and a few first letters. */
  isMine(index: number): boolean {
    if (this.isNewest(index)) return false;
    const root = this.#rootOf(index);
    const topic = this.topicOf(root);
    if (topic.kind !== "conversation" && topic.kind !== "album") return false;
    return ((this.threads.places[index] ?? 0) + (this.#minesFirst(root) ? 1 : 0)) % 2 === 1;
  }

  isDraft(index: number): boolean {
    return this.isMine(index) && randomFrom(seedOf(this.root, "draft", index))() < 0.03;
  }

  /** `quoting`: with the text of the message it answers. */
  letter(index: number, quoting = true): Letter {
    const root = this.#rootOf(index);
    const { topic, corpus, slots, correspondent } = this.#matterOf(root);
    const me = `${this.#person.name} <${this.#person.email}>`;
    const mine = this.isMine(index);
    const place = this.threads.places[index] ?? 0;
    const previous = this.threads.previous[index] ?? -1;
    const random = randomFrom(seedOf(this.root, 2, index));
    const from = mine ? me : correspondent;
    const fill = (text: string) =>
      filled(text, { ...slots, me: firstName(mine ? correspondent : me), sender: firstName(from) });
    const subject = filled(topic.subject, slots);
    const first = place === 0;
    const paragraphs = (first ? topic.body : [replyOf(topic, place)]).map(fill);
    const personal = topic.from === undefined && topic.kind !== "invitation";
    const dateMs = this.#datesMs[index] ?? 0;
    return {
      from,
      to: mine ? correspondent : me,
      ...(personal && random() < 0.15 ? copied(pick(random, corpus.contacts), correspondent) : {}),
      subject: first ? subject : `Re: ${subject}`,
      dateMs,
      messageId: this.#messageIdOf(index, from),
      ...(quoting && previous >= 0 ? this.#answers(index, previous, correspondent, me) : {}),
      paragraphs: personal
        ? [
            ...(first ? [fill(pick(random, corpus.greetings))] : []),
            ...paragraphs,
            fill(pick(random, corpus.closings)),
          ]
        : paragraphs,
      style: styleOf(topic, random),
      enclosures: enclosuresOf(topic, first, slots, root),
      ...(topic.kind === "invitation" ? { meeting: meetingOf(subject, dateMs, slots) } : {}),
      ...(topic.kind === "newsletter" ? { listId: `<${addressOf(correspondent).replace("@", ".")}>` } : {}),
      encodedHeaders: random() < 0.12,
    };
  }

  #answers(index: number, previous: number, correspondent: string, me: string): Partial<Letter> {
    const authorOf = (other: number) => (this.isMine(other) ? me : correspondent);
    const before = this.#messageIdOf(previous, authorOf(previous));
    const root = this.#rootOf(index);
    const { topic, slots } = this.#matterOf(root);
    const place = this.threads.places[previous] ?? 0;
    return {
      inReplyTo: before,
      references: [this.#messageIdOf(root, authorOf(root)), ...(previous === root ? [] : [before])],
      quoted: {
        from: authorOf(previous),
        dateMs: this.#datesMs[previous] ?? 0,
        paragraphs: (place === 0 ? topic.body : [replyOf(topic, place)]).map((text) => filled(text, slots)),
      },
    };
  }

  #rootOf(index: number): number {
    return this.threads.roots[index] ?? index;
  }

  /** What a thread is about and with whom; the last few are remembered. */
  #matterOf(root: number): Matter {
    const known = this.#matters.get(root);
    if (known) return known;
    const random = randomFrom(seedOf(this.root, 1, root));
    const corpus = pick(random, this.#corpora);
    let topic = pick(random, corpus.topics);
    if (topic.kind === "spam" && (random() < 0.6 || this.isNewest(root))) topic = corpus.topics[0] ?? topic;
    const slots = chosenSlots(random, corpus);
    const matter = { topic, corpus, slots, correspondent: topic.from ?? pick(random, corpus.contacts) };
    if (this.#matters.size > 4_000) this.#matters.clear();
    this.#matters.set(root, matter);
    return matter;
  }

  #minesFirst(root: number): boolean {
    return randomFrom(seedOf(this.root, "first", root))() < 0.08;
  }

  #messageIdOf(index: number, from: string): string {
    const domain = addressOf(from).split("@")[1] ?? "example.net";
    return `<${seedOf(this.root, "mid", index).toString(36)}.${index}@${domain}>`;
  }
}

/** Nobody gets a copy of a letter they wrote or received. */
function copied(contact: string, correspondent: string): { cc?: string } {
  return contact === correspondent ? {} : { cc: contact };
}

function replyOf(topic: Topic, place: number): string {
  const replies = topic.replies ?? [];
  return replies[(place - 1) % Math.max(1, replies.length)] ?? "";
}

function chosenSlots(random: Random, corpus: Corpus): Record<string, string> {
  return Object.fromEntries(
    Object.entries(corpus.slots).map(([name, values]) => [name, pick(random, values)]),
  );
}

function filled(text: string, slots: Record<string, string>): string {
  if (!text.includes("{")) return text;
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => slots[name] ?? slot);
}

function firstName(mailbox: string): string {
  return mailbox.split(/[ <]/)[0] ?? "";
}

function styleOf(topic: Topic, random: Random): Letter["style"] {
  if (topic.kind === "newsletter" || topic.kind === "invitation" || topic.kind === "album") return topic.kind;
  if (topic.kind === "conversation") return random() < 0.3 ? "plain" : "alternative";
  return random() < 0.5 ? "html" : "alternative";
}

function enclosuresOf(
  topic: Topic,
  first: boolean,
  slots: Record<string, string>,
  root: number,
): Letter["enclosures"] {
  if (!first) return [];
  const invitation =
    topic.kind === "invitation" ? [{ filename: "invite.ics", mimeType: "application/ics" }] : [];
  const pictures =
    topic.kind === "album"
      ? ["path", "water"].map((view) => ({
          filename: `${view}-${root}.png`,
          mimeType: "image/png",
          contentId: `${view}${root}@album.example`,
        }))
      : [];
  const files = (topic.files ?? []).map((one) => ({ ...one, filename: filled(one.filename, slots) }));
  return [...files, ...pictures, ...invitation];
}

function meetingOf(
  subject: string,
  dateMs: number,
  slots: Record<string, string>,
): Letter["meeting"] & object {
  const dayMs = 24 * 3600 * 1000;
  const startMs = Math.floor(dateMs / dayMs) * dayMs + 5 * dayMs + 7 * 3600 * 1000;
  return { title: subject.replace(/^[^:]*: /, ""), startMs, minutes: 60, place: slots.place ?? "" };
}
