import { expect, test } from "vitest";
import type { AccountStatus } from "../../domain/account.ts";
import { mayChange, statusOf } from "./account-status.ts";

const active: AccountStatus = { state: "ACTIVE" };
const needsConsent: AccountStatus = { state: "NEEDS_CONSENT", cause: "expired" };
const suspended: AccountStatus = { state: "SUSPENDED", cause: "admin" };
const disconnected: AccountStatus = { state: "DISCONNECTED", cause: "user" };
const all = [active, needsConsent, suspended, disconnected];

test.each([
  [active, [active, needsConsent, suspended, disconnected]],
  [needsConsent, [active, needsConsent, suspended, disconnected]],
  [suspended, [disconnected]],
  [disconnected, []],
])("from %o an account may go to %o, and nowhere else", (from, allowed) => {
  expect(all.filter((to) => mayChange(from, to))).toEqual(allowed);
});

test("the stored columns become the union, without a cause where there is none", () => {
  expect(statusOf({ state: "ACTIVE", cause: null })).toEqual({ state: "ACTIVE" });
  expect(statusOf({ state: "NEEDS_CONSENT", cause: "policy" })).toEqual({
    state: "NEEDS_CONSENT",
    cause: "policy",
  });
});
