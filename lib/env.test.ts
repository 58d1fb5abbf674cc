import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { EnvironmentError, parseEnv } from "./env.ts";

const keyNamed = (name: string) => createHash("sha256").update(name).digest();

const required = {
  DATABASE_URL: "postgresql://latchkey:pw@127.0.0.1:5432/latchkey",
  NEXTAUTH_URL: "https://mail.example.org",
  NEXTAUTH_SECRET: "a-secret-of-thirty-two-characters-or-more",
  GOOGLE_CLIENT_ID: "client.apps.example",
  GOOGLE_CLIENT_SECRET: "client-secret",
  TOKEN_KEYS: `k1:${keyNamed("k1").toString("base64")}`,
  ADMIN_EMAILS: "admin@example.org",
};
const names = Object.keys(required) as (keyof typeof required)[];

function problemsOf(source: Record<string, string | undefined>): readonly string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

test("what is required is enough, and the rest has defaults", () => {
  expect(parseEnv(required)).toMatchObject({
    GOOGLE_ISSUER: "https://accounts.google.com",
    GMAIL_ROOT_URL: "https://gmail.googleapis.com/",
    ALLOWED_DOMAINS: [],
    ALLOWED_EMAILS: [],
    WORKER_CONCURRENCY: 6,
    PORT: 3000,
    LOG_LEVEL: "info",
  });
});

test("a port for drills is one only beside a Google of this machine", () => {
  const drill = { ...required, EGRESS_DRILL_PORT: "4000" };
  const refused =
    "EGRESS_DRILL_PORT: is for drills: only with GOOGLE_ISSUER and GMAIL_ROOT_URL on this machine itself";
  const issuer = "http://127.0.0.1:9000";
  expect(problemsOf(drill)).toEqual([refused]);
  expect(problemsOf({ ...drill, GOOGLE_ISSUER: issuer })).toEqual([refused]);
  expect(problemsOf({ ...drill, GMAIL_ROOT_URL: issuer })).toEqual([refused]);
  expect(problemsOf({ ...drill, GOOGLE_ISSUER: issuer, GMAIL_ROOT_URL: issuer })).toEqual([]);
});

describe("what is missing", () => {
  it("is named all at once, in an empty environment", () => {
    expect(problemsOf({})).toEqual(names.map((name) => `${name}: is missing`));
  });

  it("is named whichever it is, and nothing else is", () => {
    fc.assert(
      fc.property(fc.subarray(names), (missing) => {
        const source = Object.fromEntries(
          Object.entries(required).filter(([name]) => !(missing as string[]).includes(name)),
        );
        expect(problemsOf(source)).toEqual(missing.map((name) => `${name}: is missing`));
      }),
    );
  });

  it.each(names)("%s: an empty text is none", (name) => {
    expect(problemsOf({ ...required, [name]: "" })).toEqual([`${name}: is missing`]);
  });

  it("stands in the error's message, one line each", () => {
    expect(() => parseEnv({})).toThrow(
      /\n {2}DATABASE_URL: is missing\n(.*\n)* {2}ADMIN_EMAILS: is missing$/,
    );
  });
});

describe("what is malformed", () => {
  it.each([
    ["DATABASE_URL", "mysql://127.0.0.1/db", "must be a postgresql:// address"],
    ["DATABASE_URL", "not an address", "must be a postgresql:// address"],
    ["DATABASE_URL", "postgresql://latchkey:pa#ss@127.0.0.1/db", "write # as %23"],
    ["DATABASE_URL", "postgresql://latchkey:pa?ss@127.0.0.1/db", "write # as %23"],
    ["DATABASE_DIRECT_URL", "127.0.0.1:5432", "must be a postgresql:// address"],
    ["DATABASE_PREPARED", "no", "must be on or off"],
    ["DRAIN_MS", "forever", "must be a whole number of milliseconds from 0 to 6000"],
    ["NEXTAUTH_URL", "ftp://example.org", "must be an http(s) address"],
    ["NEXTAUTH_URL", "no address", "must be an http(s) address"],
    ["NEXTAUTH_URL", "https://example.org/app", "must be an origin, without a path"],
    ["NEXTAUTH_SECRET", "short-S3CRET", "must be at least 16 characters"],
    ["TOKEN_KEYS", "k1:c2hvcnQ=", 'key "k1" has 5 bytes, and needs 32'],
    ["TOKEN_KEYS", "no-colon-at-all", "key 1 is not of the form id:base64"],
    ["ADMIN_EMAILS", "admin@example.org, nobody", "must be e-mail addresses"],
    ["GOOGLE_ISSUER", "accounts.google.com", "must be an http(s) address"],
    ["GMAIL_ROOT_URL", "javascript:alert(1)", "must be an http(s) address"],
    ["WORKER_CONCURRENCY", "-1", "must be a whole number of jobs from 0 to 64"],
    ["WORKER_CONCURRENCY", "two", "must be a whole number of jobs"],
    ["WORKER_CONCURRENCY", "0x10", "must be a whole number of jobs"],
    ["BODY_CACHE_DAYS", "1e1", "must be a whole number of days"],
    ["QUOTA_UNITS_PER_MINUTE", "99", "must be a whole number of quota units from 1200"],
    ["MIRROR_DEPTH", "49", "must be a number of messages from 50 on, or all"],
    ["PORT", "70000", "must be a whole number from 1 to 65535"],
    ["LOG_LEVEL", "loud", "must be fatal, error, warn"],
  ])("%s=%s is refused by name and without the value", (name, value, words) => {
    const problems = problemsOf({ ...required, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
    expect(problems[0]).toContain(words);
    expect(problems[0]).not.toContain(value);
  });

  it("is said in words of ours, whatever stands there", () => {
    const optional = [
      "DATABASE_DIRECT_URL",
      "PUBSUB_TOPIC",
      "PUBSUB_SERVICE_ACCOUNT",
      "PORT",
      "MIRROR_DEPTH",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...names, ...optional, "SESSION_MAX_DAYS", "RATE_LIMIT_SCALE", "TRUSTED_PROXIES"),
        fc.oneof(fc.string(), fc.constantFrom("NaN", "-1", "1.5", "null", "true", "[]", " ", "#", "\u0000")),
        (name, value) => {
          expect(problemsOf({ ...required, [name]: value }).join("\n")).not.toMatch(
            /expected|received|Invalid (input|string)|Unrecognized|undefined/,
          );
        },
      ),
    );
  });

  it("is said together with what is missing", () => {
    const { GOOGLE_CLIENT_ID: _, ...others } = required;
    const problems = problemsOf({ ...others, NEXTAUTH_SECRET: "short", PORT: "x" });
    expect(problems.map((problem) => problem.split(":")[0]).toSorted()).toEqual([
      "GOOGLE_CLIENT_ID",
      "NEXTAUTH_SECRET",
      "PORT",
    ]);
  });

  it("never puts a secret's value into the message", () => {
    const secret = "Zm9vYmFyLXZlcnktc2VjcmV0";
    fc.assert(
      fc.property(fc.constantFrom(...names, "PORT", "LOG_LEVEL", "GMAIL_ROOT_URL"), (name) => {
        expect(problemsOf({ ...required, [name]: `:: ${secret} ::` }).join()).not.toContain(secret);
      }),
    );
  });
});

const inClear = "must be https: only this machine itself";

describe("an address that tokens and sessions travel to", () => {
  const addresses = ["NEXTAUTH_URL", "GOOGLE_ISSUER", "GMAIL_ROOT_URL"] as const;

  it.each(
    [
      "http://mail.example.org",
      "http://192.168.0.10:3000",
      "http://0.0.0.0:3000",
      "http://localhost.example.org",
      "http://127.0.0.1.example.org",
      "http://[2001:db8::1]",
      "HTTP://example.org",
    ].flatMap((address) => addresses.map((name) => [name, address] as const)),
  )("%s=%s is refused: on the way it could be read", (name, address) => {
    expect(problemsOf({ ...required, [name]: address }).join()).toContain(`${name}: ${inClear}`);
  });

  it.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://127.8.9.1", "http://[::1]:3000"])(
    "%s stays on this machine",
    (address) => {
      for (const name of addresses) expect(problemsOf({ ...required, [name]: address })).toEqual([]);
    },
  );

  it.each([
    ["https://ada:pw@example.org", "must not hold a user name or a password"],
    ["https://example.org/?next=1", "must end before any ? or #"],
    ["https://example.org/#top", "must end before any ? or #"],
  ])("%s %s", (address, words) => {
    for (const name of addresses) {
      expect(problemsOf({ ...required, [name]: address })).toEqual([`${name}: ${words}`]);
    }
  });
});

test("lists take commas, spaces and lines, and are compared in lower case", () => {
  const parsed = parseEnv({
    ...required,
    ALLOWED_DOMAINS: "Example.org,\n example.com",
    ALLOWED_EMAILS: " A@x.org  b@x.org ",
    ADMIN_EMAILS: "Ada@Example.org, bob@example.org",
  });
  expect(parsed.ALLOWED_DOMAINS).toEqual(["example.org", "example.com"]);
  expect(parsed.ALLOWED_EMAILS).toEqual(["a@x.org", "b@x.org"]);
  expect(parsed.ADMIN_EMAILS).toEqual(["ada@example.org", "bob@example.org"]);
});

test("the issuer has no slash at its end, and Gmail's root has one", () => {
  const parsed = parseEnv({
    ...required,
    GOOGLE_ISSUER: "http://127.0.0.1:4010/",
    GMAIL_ROOT_URL: "http://127.0.0.1:4010",
  });
  expect(parsed.GOOGLE_ISSUER).toBe("http://127.0.0.1:4010");
  expect(parsed.GMAIL_ROOT_URL).toBe("http://127.0.0.1:4010/");
});
