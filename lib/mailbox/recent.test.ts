import { describe, expect, it } from "vitest";
import type { AccountId } from "../domain/mail.ts";
import { recent } from "./recent.ts";

const account = "3f0c" as AccountId;
const other = "9a41" as AccountId;
const of = (bytes: number) => ({ bytes });
const make = () => recent<{ bytes: number }>(({ bytes }) => bytes);

describe("what was made a moment ago", () => {
  it("is made once for all who want it, and once for each account", async () => {
    const held = make();
    const [first, second, third] = await Promise.all([
      held.get(account, "a", async () => of(1)),
      held.get(account, "a", async () => of(1)),
      held.get(other, "a", async () => of(1)),
    ]);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(await held.get(account, "a", async () => of(2))).toBe(first);
  });

  it("is made again when it failed or is too large to be held", async () => {
    const held = make();
    await expect(held.get(account, "a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await held.get(account, "a", async () => of(16_000_001))).toEqual(of(16_000_001));
    expect(await held.get(account, "a", async () => of(2))).toEqual(of(2));
  });

  it("is made by who stays when the caller who made it has left", async () => {
    const held = make();
    const left = held.get(account, "a", () => Promise.reject(AbortSignal.abort().reason));
    const stays = held.get(account, "a", async () => of(2));
    await expect(left).rejects.toThrow();
    expect(await stays).toEqual(of(2));
  });

  it("is forgotten with its account, also while it is being made", async () => {
    const held = make();
    const made = Promise.withResolvers<{ bytes: number }>();
    const waits = held.get(account, "a", () => made.promise);
    await held.get(other, "a", async () => of(7));
    held.forget(account);
    expect(await held.get(account, "a", async () => of(2))).toEqual(of(2));
    made.resolve(of(1));
    expect(await waits).toEqual(of(1));
    expect(await held.get(account, "a", async () => of(3))).toEqual(of(2));
    expect(await held.get(other, "a", async () => of(3))).toEqual(of(7));
  });
});
