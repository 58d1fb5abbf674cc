import { expect, it, test } from "vitest";
import { seedMoment } from "../options.ts";
import { type Correspondence, newPerson } from "../people.ts";
import { seedFor } from "../seed/correspondence.ts";
import { mayaEmail, startApp } from "./app.ts";

const kinds: Correspondence[] = ["english", "mixed", "office"];

it.each(kinds)(
  "in a mailbox of %s mail the newest five messages are in the inbox, whoever it belongs to",
  (kind) => {
    for (let number = 0; number < 200; number += 1) {
      const count = 1 + (number % 14);
      const person = newPerson(`p-${number}@example.org`, `Person ${number}`, kind, count);
      const seed = seedFor(person, count, seedMoment.getTime());
      for (let index = Math.max(0, count - 5); index < count; index += 1) {
        const labels = seed.labelIds(index);
        expect(labels).toContain("INBOX");
        expect(labels).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(SPAM|TRASH|DRAFT|SENT)$/)]),
        );
        expect(seed.letter(index).from).not.toContain(person.email);
      }
    }
  },
);

test("two Googles that nobody told a moment hold the same mail, down to ids and dates", async () => {
  const apps = await Promise.all([startApp(), startApp()]);
  try {
    const [one, other] = await Promise.all(apps.map(({ control }) => control.mailbox(mayaEmail)));
    expect(one?.messages).toHaveLength(300);
    expect(other).toEqual(one);
  } finally {
    await Promise.all(apps.map((app) => app.close()));
  }
});
