import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { hold, untilBlocked } from "#dev/testbed/locks.fixture.ts";
import { newId, newKey } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { TokenKey, TokenKeys } from "../domain/token-keys.ts";
import { readCredential, storeGrant } from "./credential-store.ts";
import { rotateDataKeys } from "./rotate.ts";

const tokenKey = (id: string): TokenKey => ({ id, key: newKey() });
const [oldest, old, young] = [tokenKey("2024"), tokenKey("2025"), tokenKey("2026")];
const before: TokenKeys = [old, oldest];
const during: TokenKeys = [young, old, oldest];
const after: TokenKeys = [young];

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());
afterEach(async () => {
  await database().user.deleteMany();
});

/** Accounts with a refresh token each, their data keys wrapped with one of `keys` in turn. */
async function makeAccounts(count: number, wrapping: readonly TokenKey[] = [old]): Promise<AccountId[]> {
  const user = await database().user.create({ data: { email: "maya@example.org" } });
  const ids = Array.from({ length: count }, () => newId() as AccountId);
  await database().account.createMany({
    data: ids.map((id) => ({
      id,
      userId: user.id,
      sub: id,
      email: "maya@example.org",
      state: "ACTIVE" as const,
    })),
  });
  for (const [index, id] of ids.entries()) {
    const key = wrapping[index % wrapping.length] ?? old;
    await storeGrant(database(), [key], id, {
      accessToken: null,
      accessTokenExpiresAt: null,
      refreshToken: tokenOf(id),
    });
  }
  return ids;
}

const tokenOf = (id: AccountId) => `1//refresh-of-${id}`;
const openable = async (keys: TokenKeys, id: AccountId) =>
  (await readCredential(database(), keys, id))?.refreshToken === tokenOf(id);
const countWrapped = (keyId: string) => database().dataKey.count({ where: { keyId } });

async function expectAllOpen(keys: TokenKeys, ids: readonly AccountId[]): Promise<void> {
  for (const id of ids) expect(await openable(keys, id)).toBe(true);
}

test("every data key is wrapped anew, and what it seals stays as it was", async () => {
  const ids = await makeAccounts(7, [oldest, old, young]);
  const sealed = await database().credential.findMany({ orderBy: { accountId: "asc" } });
  expect(await rotateDataKeys(database(), during, undefined, 2)).toEqual({
    rewrapped: 5,
    remaining: 0,
    left: new Map(),
  });
  expect(await countWrapped(young.id)).toBe(7);
  await expectAllOpen(after, ids);
  expect(await database().credential.findMany({ orderBy: { accountId: "asc" } })).toEqual(sealed);
  expect(await rotateDataKeys(database(), during)).toEqual({ rewrapped: 0, remaining: 0, left: new Map() });
});

test("broken off anywhere, again and again, it goes on where it was, and the app serves meanwhile", async () => {
  class Killed extends Error {}
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
      async (count, batchSize, kills) => {
        const ids = await makeAccounts(count, [old, oldest]);
        await expectAllOpen(before, ids);
        let done = 0;
        for (const batches of kills) {
          let left = batches;
          const killed = rotateDataKeys(
            database(),
            during,
            () => {
              left -= 1;
              if (left < 0) throw new Killed();
            },
            batchSize,
          );
          await killed.catch((error) => expect(error).toBeInstanceOf(Killed));
          const nowDone = await countWrapped(young.id);
          expect(nowDone).toBeGreaterThanOrEqual(done);
          done = nowDone;
          await expectAllOpen(during, ids);
        }
        const { rewrapped } = await rotateDataKeys(database(), during, undefined, batchSize);
        expect(rewrapped).toBe(count - done);
        await expectAllOpen(after, ids);
        await database().user.deleteMany();
      },
    ),
    { numRuns: 12 },
  );
});

test("two at once do no harm, and no key is wrapped twice", async () => {
  const ids = await makeAccounts(30);
  const rotations = await Promise.all([
    rotateDataKeys(database(), during, undefined, 4),
    rotateDataKeys(database(), during, undefined, 7),
  ]);
  expect(rotations.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(30);
  await expectAllOpen(after, ids);
});

test("an account that is disconnected meanwhile is passed by, and does not come back", async () => {
  const ids = (await makeAccounts(6)).toSorted();
  const [first, last] = [ids.at(0), ids.at(-1)];
  const lock = await hold('SELECT 1 FROM "DataKey" WHERE "accountId" = $1 FOR UPDATE', [first]);
  const rotation = rotateDataKeys(database(), during);
  await untilBlocked(1); // All rows are read, and the first waits to be written.
  await database().account.deleteMany({ where: { id: last ?? "" } });
  await lock.release();
  expect(await rotation).toEqual({ rewrapped: 5, remaining: 0, left: new Map() });
  expect(await database().dataKey.count()).toBe(5);
  await expectAllOpen(after, ids.slice(0, -1));
});

test("rows that do not open are left and named, and all others are done, run after run", async () => {
  const ids = (await makeAccounts(7, [old, old, old, old, old, oldest])).toSorted();
  const [, , third = newId() as AccountId] = ids;
  await database().$executeRaw`
    UPDATE "DataKey" SET wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20)) WHERE "accountId" = ${third}::uuid`;
  const [missing] = await database().dataKey.findMany({ where: { keyId: oldest.id } });
  const left = new Map<unknown, unknown>([
    [third, "altered"],
    [missing?.accountId, { missing: oldest.id }],
  ]);
  expect(await rotateDataKeys(database(), [young, old], undefined, 2)).toEqual({
    rewrapped: 5,
    remaining: 2,
    left,
  });
  expect(await rotateDataKeys(database(), [young, old], undefined, 2)).toEqual({
    rewrapped: 0,
    remaining: 2,
    left,
  });
  expect(await rotateDataKeys(database(), during)).toMatchObject({ rewrapped: 1, remaining: 1 });
});

const command = fileURLToPath(new URL("../server/rotate.command.ts", import.meta.url));
const text = (keys: TokenKeys) =>
  keys.map(({ id, key }) => `${id}:${Buffer.from(key).toString("base64")}`).join(",");

/** `npm run keys:rotate` as a process of its own. */
function keysRotate(keys: TokenKeys): ChildProcess & { output: () => string } {
  const child = spawn(process.execPath, ["--conditions=react-server", command], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    env: { ...process.env, ...testbed.env, TOKEN_KEYS: text(keys) },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    output += String(chunk);
  });
  return Object.assign(child, { output: () => output });
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));

test("npm run keys:rotate, killed midway with SIGKILL, is resumed by the next", {
  timeout: 60_000,
}, async () => {
  const ids = await makeAccounts(600);
  const first = keysRotate(during);
  const firstEnd = ended(first);
  await vi.waitFor(async () => expect(await countWrapped(young.id)).toBeGreaterThan(20), {
    timeout: 30_000,
    interval: 2,
  });
  first.kill("SIGKILL");
  await firstEnd;
  const done = await countWrapped(young.id);
  expect(done).toBeLessThan(ids.length);
  const served = ids.filter((_, index) => index % 50 === 0);
  await expectAllOpen(during, served);

  const second = keysRotate(during);
  expect(await ended(second)).toBe(0);
  expect(second.output()).toContain(
    `${ids.length - done} data keys are now wrapped by "${young.id}". Older keys may be taken out of TOKEN_KEYS.`,
  );
  expect(await countWrapped(young.id)).toBe(ids.length);
  await expectAllOpen(after, served);
});

test("npm run keys:rotate without the old key says which one, without key material, and exits 1", async () => {
  const [id] = await makeAccounts(1);
  const child = keysRotate(after);
  expect(await ended(child)).toBe(1);
  expect(child.output()).toContain(`account ${id}: it is wrapped by "${old.id}", which is not in TOKEN_KEYS`);
  expect(child.output()).not.toContain(Buffer.from(young.key).toString("base64"));
});
