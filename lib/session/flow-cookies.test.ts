import fc from "fast-check";
import { expect, test } from "vitest";
import { cookieForFlow, cookiesOfFlow, flowSuffix } from "./flow-cookies.ts";

const flowNames = [
  "next-auth.state",
  "next-auth.pkce.code_verifier",
  "next-auth.nonce",
  "next-auth.callback-url",
];
const prefixed = (name: string) => `__Secure-${name}`;

/** A browser's jar after NextAuth's `Set-Cookie` lines of one flow. */
function jarOf(state: string, value: string, names = flowNames): [string, string][] {
  return names.flatMap((name) => {
    const line = cookieForFlow(`${name}=${value}; Path=/; HttpOnly`, flowSuffix(state));
    const [pair = ""] = (line ?? "").split("; ");
    const end = pair.indexOf("=");
    return end > 0 ? [[pair.slice(0, end), pair.slice(end + 1)] as [string, string]] : [];
  });
}

test("a flow finds its own cookies under the names that NextAuth looks for", () => {
  const sent = new Map([...jarOf("state-1", "one"), ["next-auth.session-token", "s"] as const]);
  expect(cookiesOfFlow(sent, flowSuffix("state-1"))).toEqual({
    ...Object.fromEntries(flowNames.map((name) => [name, "one"])),
    "next-auth.session-token": "s",
  });
});

test("two flows in one browser do not see each other's cookies", () => {
  const state = fc.string({ minLength: 1 });
  const names = fc.constantFrom(flowNames, flowNames.map(prefixed));
  fc.assert(
    fc.property(state, state, names, (first, second, names) => {
      fc.pre(first !== second);
      const sent = new Map([...jarOf(first, "one", names), ...jarOf(second, "two", names)]);
      expect(sent.size).toBe(names.length * 2);
      const valuesOf = (state: string) => names.map((name) => cookiesOfFlow(sent, flowSuffix(state))[name]);
      expect(new Set(valuesOf(first))).toEqual(new Set(["one"]));
      expect(new Set(valuesOf(second))).toEqual(new Set(["two"]));
    }),
  );
});

test("outside a flow none is seen, and none is set", () => {
  const sent = new Map([...jarOf("state-1", "one"), ["next-auth.state", "planted"] as const]);
  const seen = cookiesOfFlow(sent, null);
  expect(flowNames.filter((name) => name in seen)).toEqual([]);
  expect(cookieForFlow("next-auth.state=x; Path=/", null)).toBeNull();
});

test("a cookie under NextAuth's own name counts for no flow: whoever planted it has no say", () => {
  const sent = new Map([
    ["next-auth.state", "planted"],
    ...jarOf("mine", "one", ["next-auth.nonce"]),
  ] as const);
  expect(cookiesOfFlow(sent, flowSuffix("mine"))).toEqual({ "next-auth.nonce": "one" });
});

test("cookies of no flow are left alone", () => {
  const line = "__Secure-next-auth.session-token=abc=; Path=/; HttpOnly; Secure; SameSite=Lax";
  expect(cookieForFlow(line, flowSuffix("s"))).toBe(line);
  expect(cookieForFlow(line, null)).toBe(line);
});

test("deleting a flow's cookie deletes that flow's", () => {
  const line = cookieForFlow("next-auth.state=; Max-Age=0; Path=/", flowSuffix("s"));
  expect(line).toBe(`next-auth.state${flowSuffix("s")}=; Max-Age=0; Path=/`);
});

test("the suffix can stand in a cookie's name and does not tell the state", () => {
  fc.assert(
    fc.property(fc.string(), (state) => {
      expect(flowSuffix(state)).toMatch(/^\.[\w-]{12}$/);
    }),
  );
});
