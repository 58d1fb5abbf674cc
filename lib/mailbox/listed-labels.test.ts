import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { LabelId } from "../domain/mail.ts";
import { listedLabels } from "./listed-labels.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

const labels = ["INBOX", "SPAM", "TRASH", "UNREAD", "SENT", "Label_1"] as LabelId[];

it("a message stands in the lists that PostgreSQL says, whatever its labels", async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(labels), async (labelIds) => {
      const [row] = await database().$queryRaw<{ lists: string[] }[]>`
        SELECT listed_labels(${labelIds}::text[]) AS lists`;
      expect(listedLabels(labelIds).toSorted()).toEqual(row?.lists.toSorted());
    }),
  );
});
