import { expect, test } from "vitest";
import type { AccountId } from "../../domain/mail.ts";
import { limitedRead } from "./limited-read.ts";

const account = "0190a000-0000-7000-8000-000000000001" as AccountId;
const other = "0190a000-0000-7000-8000-000000000002" as AccountId;

/** Reads that end when they are told to, and say who has begun. */
function reads() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const read = (of: AccountId, number: number) =>
    limitedRead(of, async () => {
      begun.push(number);
      await new Promise<void>((resolve) => {
        ends[number] = resolve;
      });
      return number;
    });
  return { begun, read, end: (number: number) => ends[number]?.() };
}

test("two large messages of an account are read at a time, others' at once, the rest in their order", async () => {
  const { begun, read, end } = reads();
  const mine = [0, 1, 2, 3].map((number) => read(account, number));
  const theirs = read(other, 9);
  await expect.poll(() => begun).toEqual([0, 1, 9]);
  end(1);
  await expect.poll(() => begun).toEqual([0, 1, 9, 2]);
  end(0);
  end(2);
  await expect.poll(() => begun).toEqual([0, 1, 9, 2, 3]);
  end(3);
  end(9);
  expect(await Promise.all([...mine, theirs])).toEqual([0, 1, 2, 3, 9]);
});

test("one that fails hands its turn on", async () => {
  const failing = [0, 1].map(() =>
    limitedRead(account, async () => {
      throw new Error("unreadable");
    }),
  );
  const next = limitedRead(account, async () => "read");
  for (const each of failing) await expect(each).rejects.toThrow("unreadable");
  expect(await next).toBe("read");
});

test("where very many wait, one more is said to be not read", async () => {
  const { read, end, begun } = reads();
  const waiting = Array.from({ length: 32 }, (_, number) => read(account, number));
  await expect(read(account, 99)).rejects.toMatchObject({ name: "NotReadError" });
  for (let number = 0; number < 32; number += 1) {
    await expect.poll(() => begun).toContain(number);
    end(number);
  }
  expect(await Promise.all(waiting)).toHaveLength(32);
});
