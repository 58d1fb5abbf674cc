/** Who one is: the account that Google proved when the session was opened, as it is now. */
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { accessTokenFor } from "../google/access-token-for.ts";
import { unpinAdmin } from "./admin-pins.ts";
import type { GoogleIdentity } from "./admission.ts";
import { allowSignIn } from "./allow-sign-in.ts";
import { connectAccount } from "./connect-account.ts";
import {
  actionsOf,
  type Connected,
  connected,
  connectedFurther,
  exchange,
  newPerson,
  signedIn,
  stateOf,
} from "./connected.fixture.ts";
import { disconnectAccount } from "./disconnect-account.ts";
import { readSessionOwner } from "./session-owner.ts";
import { AccountUnusableError } from "./usable-account.ts";

const adminAddress = "chief@example.org";
const guestSub = "777";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({
    env: {
      ADMIN_EMAILS: `${adminAddress}, sub:${guestSub}`,
      ALLOWED_DOMAINS: "example.org",
      ALLOWED_EMAILS: `sub:${guestSub}`,
    },
  });
});
afterAll(() => testbed.close());

async function signIn(identity: GoogleIdentity) {
  const tokens = {
    accessToken: "ya29.x",
    expiresInSeconds: 3599,
    scopes: [],
    refreshToken: undefined,
    refreshTokenExpiresInSeconds: undefined,
  };
  return connectAccount({ identity, tokens, currentUserId: null, reconnecting: null });
}

/** Somebody at Google whose address is the admin's, or was. */
const chief = (sub: string, rest: Partial<GoogleIdentity> = {}): GoogleIdentity => ({
  sub,
  email: adminAddress,
  emailVerified: true,
  name: null,
  hd: "example.org",
  ...rest,
});

async function visitorOf(identity: GoogleIdentity) {
  const outcome = await signIn(identity);
  if (!outcome.connected) throw new Error(outcome.refusal);
  const { userId } = await database().account.findUniqueOrThrow({ where: { id: outcome.accountId } });
  const user = { id: userId } as Connected["user"];
  return readSessionOwner(await signedIn({ user, accountId: outcome.accountId }));
}

const setClaims = (
  person: Connected,
  claims: { email?: string; hd?: string | null; emailVerified?: boolean },
) => database().account.update({ where: { id: person.accountId }, data: claims });

/** As asked by a session, opened just now, of an account that was here before all others. */
const first = { openedWith: { connectedAt: new Date("2020-01-01T00:00:00Z") }, provenAt: new Date() };

describe("a further connected account", () => {
  it("does not sign its owner in, until they say so", async () => {
    const owner = await connected(testbed.google);
    const further = await connectedFurther(testbed.google, owner);
    expect(await signIn(further.identity)).toEqual({
      connected: false,
      refusal: "connected-elsewhere",
      accountId: further.accountId,
    });
    expect(await readSessionOwner(await signedIn(further))).toBeNull();
    await allowSignIn(owner.user, first, further.accountId, true);
    expect(await signIn(further.identity)).toMatchObject({ connected: true, accountId: further.accountId });
    expect(await readSessionOwner(await signedIn(further))).toMatchObject({ user: { id: owner.user.id } });
  });

  it("that is not let in any more opens nothing, not even with a session that is open", async () => {
    const owner = await connected(testbed.google);
    const further = await connectedFurther(testbed.google, owner);
    await allowSignIn(owner.user, first, further.accountId, true);
    const token = await signedIn(further);
    await allowSignIn(owner.user, first, further.accountId, false);
    expect(await readSessionOwner(token)).toBeNull();
    expect(await actionsOf(further.accountId)).toEqual([
      "account-connected",
      "sign-in-allowed",
      "sign-in-disallowed",
    ]);
  });

  it("is somebody else's to mark for nobody, and the last way in stays one", async () => {
    const [owner, stranger] = [await connected(testbed.google), await connected(testbed.google)];
    const further = await connectedFurther(testbed.google, owner);
    expect(await allowSignIn(stranger.user, first, further.accountId, true)).toBe("not-found");
    expect(await allowSignIn(owner.user, first, owner.accountId, false)).toBe("last-way-in");
    expect(await signIn(further.identity)).toMatchObject({ refusal: "connected-elsewhere" });
  });

  it("lets nobody in because of a session that was opened a while ago: its cookie may be stolen", async () => {
    const owner = await connected(testbed.google);
    const further = await connectedFurther(testbed.google, owner);
    const borrowed = { ...first, provenAt: new Date(Date.now() - 11 * 60_000) };
    expect(await allowSignIn(owner.user, borrowed, further.accountId, true)).toBe("not-proven-now");
    expect(await signIn(further.identity)).toMatchObject({ refusal: "connected-elsewhere" });
    expect(await allowSignIn(owner.user, first, further.accountId, true)).toBe("changed");
    // To take a way in back, no proof is asked for.
    expect(await allowSignIn(owner.user, borrowed, further.accountId, false)).toBe("changed");
  });

  it("of an admin does not enter as one, nor after the admin's own account was destroyed", async () => {
    const outcome = await signIn(chief("100"));
    if (!outcome.connected) throw new Error(outcome.refusal);
    const { userId } = await database().account.findUniqueOrThrow({ where: { id: outcome.accountId } });
    const user = { id: userId, email: adminAddress };
    const admin = { user, accountId: outcome.accountId } as Connected;
    expect(await readSessionOwner(await signedIn(admin))).toMatchObject({ isAdmin: true });
    const shared = await connectedFurther(testbed.google, admin);
    await allowSignIn(admin.user, first, shared.accountId, true);
    expect(await readSessionOwner(await signedIn(shared))).toMatchObject({
      user: { id: userId },
      isAdmin: false,
    });
    await allowSignIn(admin.user, first, shared.accountId, false);
    const open = await signedIn(admin);
    expect(await disconnectAccount(admin.user, admin.accountId)).toBe("destroyed");
    expect(await readSessionOwner(open)).toBeNull();
    expect(await signIn(shared.identity)).toMatchObject({ refusal: "connected-elsewhere" });
  });
});

test("whoever comes back with the account that opened their sessions finds their other accounts again", async () => {
  const owner = await connected(testbed.google);
  const further = await connectedFurther(testbed.google, owner);
  await disconnectAccount(owner.user, owner.accountId);
  const again = await connected(testbed.google, owner.identity);
  expect(again.user.id).toBe(owner.user.id);
  expect((await readSessionOwner(await signedIn(again)))?.accounts.map(({ id }) => id)).toEqual([
    further.accountId,
    again.accountId,
  ]);
});

test("an account that was no longer the only way in when it was disconnected leads back to nobody", async () => {
  const owner = await connected(testbed.google);
  const [shared, further] = [
    await connectedFurther(testbed.google, owner),
    await connectedFurther(testbed.google, owner),
  ];
  await allowSignIn(owner.user, first, shared.accountId, true);
  await disconnectAccount(owner.user, shared.accountId);
  await disconnectAccount(owner.user, owner.accountId);
  const stranger = await connected(testbed.google, shared.identity);
  expect(stranger.user.id).not.toBe(owner.user.id);
  const back = await connected(testbed.google, owner.identity);
  expect((await readSessionOwner(await signedIn(back)))?.accounts.map(({ id }) => id)).toEqual([
    further.accountId,
    back.accountId,
  ]);
});

test("an account that came later cannot shut out one that was here before", async () => {
  const owner = await connected(testbed.google);
  const later = await connectedFurther(testbed.google, owner);
  await allowSignIn(owner.user, first, later.accountId, true);
  const opened = await readSessionOwner(await signedIn(later));
  if (!opened) throw new Error("It lets in.");
  expect(
    await allowSignIn(owner.user, { ...first, openedWith: opened.openedWith }, owner.accountId, false),
  ).toBe("older-way-in");
  expect(await readSessionOwner(await signedIn(owner))).not.toBeNull();
});

test("a way in that is no longer admitted is none", async () => {
  const owner = await connected(testbed.google);
  const later = await connectedFurther(testbed.google, owner);
  await allowSignIn(owner.user, first, later.accountId, true);
  await setClaims(owner, { hd: "elsewhere.test" });
  expect(await allowSignIn(owner.user, first, later.accountId, false)).toBe("last-way-in");
});

test("a further account that was disconnected leads back to nobody", async () => {
  const owner = await connected(testbed.google);
  const further = await connectedFurther(testbed.google, owner);
  await disconnectAccount(owner.user, further.accountId);
  const again = await connected(testbed.google, further.identity);
  expect(again.user.id).not.toBe(owner.user.id);
});

describe("an admin", () => {
  it.each<[string, Partial<GoogleIdentity>]>([
    ["without a Workspace", { hd: null }],
    ["of another Workspace", { hd: "evil.test" }],
    ["whose address was not verified", { emailVerified: false }],
    ["with a letter that only Unicode takes for the same", { email: "chief@example.or\u212A" }],
  ])("is nobody %s", async (_, claims) => {
    await database().adminPin.deleteMany();
    const visitor = await signIn(chief(`2${JSON.stringify(claims).length}`, claims));
    if (!visitor.connected) return expect(visitor.refusal).toBe("not-allowed");
    const { userId } = await database().account.findUniqueOrThrow({ where: { id: visitor.accountId } });
    const seen = await readSessionOwner(
      await signedIn({ user: { id: userId } as Connected["user"], accountId: visitor.accountId }),
    );
    expect(seen?.isAdmin).toBe(false);
  });

  it("is the Google account that first came with the address, until the operator says otherwise", async () => {
    await database().adminPin.deleteMany();
    expect(await visitorOf(chief("301"))).toMatchObject({ isAdmin: true });
    expect(await visitorOf(chief("302"))).toMatchObject({ isAdmin: false });
    const { id } = await database().account.findUniqueOrThrow({ where: { sub: "302" } });
    expect(await database().auditEvent.count({ where: { accountId: id, action: "admin-refused" } })).toBe(1);
    expect(await visitorOf(chief("301"))).toMatchObject({ isAdmin: true });
    await database().$transaction((tx) => unpinAdmin(tx, adminAddress));
    expect(await visitorOf(chief("302"))).toMatchObject({ isAdmin: true });
    expect(await visitorOf(chief("301"))).toMatchObject({ isAdmin: false });
  });

  it("loses with a renamed address what the old one gave, at the next request", async () => {
    await database().adminPin.deleteMany();
    const outcome = await signIn(chief("401"));
    if (!outcome.connected) throw new Error(outcome.refusal);
    const { userId } = await database().account.findUniqueOrThrow({ where: { id: outcome.accountId } });
    const person = { user: { id: userId }, accountId: outcome.accountId } as Connected;
    const token = await signedIn(person);
    expect(await readSessionOwner(token)).toMatchObject({ isAdmin: true });
    await setClaims(person, { email: "former-chief@example.org" });
    expect(await readSessionOwner(token)).toMatchObject({ isAdmitted: true, isAdmin: false });
  });

  it("may be named by sub, where Google does not vouch for the address", async () => {
    expect(await visitorOf(chief(guestSub, { email: "guest@elsewhere.test", hd: null }))).toMatchObject({
      isAdmitted: true,
      isAdmin: true,
    });
  });
});

describe("somebody whom the lists do not admit any more", () => {
  it("is seen to be so at the next request, and nothing is fetched for them", async () => {
    const person = await connected(testbed.google);
    const token = await signedIn(person);
    await setClaims(person, { hd: "elsewhere.test" });
    expect(await readSessionOwner(token)).toMatchObject({ isAdmitted: false, isAdmin: false });
    await expect(accessTokenFor(person.accountId)).rejects.toThrow(AccountUnusableError);
  });

  it("can still sign in far enough to see that and to disconnect; what Google gave is not kept", async () => {
    const person = await connected(testbed.google);
    const moved = { ...person.identity, hd: "elsewhere.test" };
    const tokens = await exchange(testbed.google, person.identity);
    const outcome = await connectAccount({
      identity: moved,
      tokens,
      currentUserId: null,
      reconnecting: null,
    });
    const status = { state: "SUSPENDED", cause: "not-admitted" };
    expect(outcome).toEqual({ connected: true, accountId: person.accountId, status });
    expect(await stateOf(person.accountId)).toEqual(status);
    expect(
      (await database().credential.findUniqueOrThrow({ where: { accountId: person.accountId } })).version,
    ).toBe(1);
    expect(await readSessionOwner(await signedIn(person))).toMatchObject({ isAdmitted: false });
    expect(await disconnectAccount(person.user, person.accountId)).toBe("destroyed");
  });

  it("whose further account is of a removed domain keeps their own, and not that one", async () => {
    const owner = await connected(testbed.google);
    const further = await connectedFurther(testbed.google, owner);
    await setClaims(further, { hd: "elsewhere.test" });
    const visitor = await readSessionOwner(await signedIn(owner));
    expect(visitor?.isAdmitted).toBe(true);
    expect(visitor?.accounts.map(({ status }) => status)).toEqual([
      { state: "ACTIVE" },
      { state: "SUSPENDED", cause: "not-admitted" },
    ]);
    await expect(accessTokenFor(further.accountId)).rejects.toThrow(AccountUnusableError);
  });

  it("who was never here is refused, and nothing is stored", async () => {
    const identity = { ...(await newPerson(testbed.google)), hd: "elsewhere.test" };
    expect(await signIn(identity)).toEqual({ connected: false, refusal: "not-allowed", accountId: null });
  });
});
