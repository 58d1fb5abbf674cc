import { describe, expect, it } from "vitest";
import { SingleFlight } from "./single-flight.ts";

class HasLeft extends Error {
  readonly isCallersOwn = true;
}

describe("what several want at once", () => {
  it("is made once, and anew for who comes later", async () => {
    const flights = new SingleFlight<string, number>();
    let made = 0;
    const make = async () => {
      made += 1;
      return made;
    };
    expect(await Promise.all(["a", "a", "b", "a"].map((key) => flights.do(key, make)))).toEqual([1, 1, 2, 1]);
    expect(await flights.do("a", make)).toBe(3);
  });

  it("fails for all of them, and is made anew for who comes later", async () => {
    const flights = new SingleFlight<string, number>();
    const failure = new Error("Google is away");
    let made = 0;
    const make = async () => {
      made += 1;
      throw failure;
    };
    const all = await Promise.allSettled([1, 2, 3].map(() => flights.do("a", make)));
    expect(all).toEqual([1, 2, 3].map(() => ({ status: "rejected", reason: failure })));
    expect(made).toBe(1);
    expect(await flights.do("a", async () => 4)).toBe(4);
  });

  it("is made by the next when the caller who made it has left, once for those who stay", async () => {
    const flights = new SingleFlight<string, string>();
    const makers: string[] = [];
    const asks = (name: string, outcome: string | Error) =>
      flights.do("a", async () => {
        makers.push(name);
        await Promise.resolve();
        if (outcome instanceof Error) throw outcome;
        return outcome;
      });
    const [first, ...others] = await Promise.allSettled([
      asks("first", new HasLeft()),
      asks("second", new HasLeft()),
      asks("third", "made"),
      asks("fourth", "made"),
    ]);
    expect([first?.status, ...others.map(({ status }) => status)]).toEqual([
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(makers).toEqual(["first", "second", "third"]);
  });
});
