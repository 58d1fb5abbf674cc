import type { Letter } from "../mailbox/letter.ts";
import type { Seed } from "../mailbox/seed.ts";
import type { Correspondence, Person } from "../people.ts";
import { randomFrom, seedOf } from "../random.ts";
import { corporaOf } from "./corpora.ts";
import { userLabels } from "./label-plans.ts";
import { seedDates } from "./seed-dates.ts";
import { labelsOf } from "./seed-labels.ts";
import { seedThreads } from "./seed-threads.ts";
import { Writer } from "./writer.ts";

/**
 * The mailbox a person starts with. Everything follows from (`person`, `count`, `nowMs`): the same three give the same
 * mail down to the byte. Only dates, threads and labels are laid down now; letters are written when read.
 */
export function seedFor(person: Person, count: number, nowMs: number): Seed {
  const kind: Correspondence =
    count === 0 ? "empty" : person.correspondence === "empty" ? "english" : person.correspondence;
  const root = seedOf(person.sub, count, nowMs);
  const datesMs = seedDates(randomFrom(root), count, nowMs);
  const writer = new Writer({ person, corpora: corporaOf(kind), root, datesMs });
  const threads = seedThreads(randomFrom(seedOf(root, "threads")), count, (index) => writer.topicOf(index));
  writer.threads = threads;
  return {
    datesMs,
    threads: threads.roots,
    labels: kind === "empty" ? [] : userLabels[kind],
    labelIds: (index) => labelsOf(index, count, writer),
    letter: (index, { quoting } = { quoting: true }): Letter => writer.letter(index, quoting),
  };
}
