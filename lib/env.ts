import "server-only";
import { z } from "zod";
import { parseTokenKeys } from "./domain/token-keys.ts";
import { databaseAddress, isLoopbackAddress, originAddress, safeAddress } from "./environment/addresses.ts";
import { wholeNumber, wholeNumberIn } from "./environment/numbers.ts";
import { domains, people } from "./environment/people.ts";
import { proxies } from "./environment/proxies.ts";
import { type ReadSecrets, readSecretFiles } from "./environment/secret-files.ts";
import { type SecretRules, secretProblems } from "./environment/secrets.ts";

const logLevels = z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
  error: "must be fatal, error, warn, info, debug, trace or silent",
});

/**
 * The one reader of `process.env`. Everything that is missing or malformed is said at once: nobody should
 * have to start the server nine times to learn about nine variables.
 */
const databaseSchema = z.object({
  DATABASE_URL: databaseAddress,
  /** Past a pooler in transaction mode, for what lives as long as its connection: the queue, LISTEN, locks, migrations. */
  DATABASE_DIRECT_URL: databaseAddress.optional(),
  /** Off where a pooler hands statements of one connection to many. */
  DATABASE_PREPARED: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
});

const variables = databaseSchema.extend({
  NEXTAUTH_URL: originAddress,
  NEXTAUTH_SECRET: z.string().min(16, "must be at least 16 characters; `openssl rand -base64 32` makes one"),
  GOOGLE_CLIENT_ID: z.string().min(1),
  GOOGLE_CLIENT_SECRET: z.string().min(1),
  TOKEN_KEYS: z.string().transform((text, context) => {
    try {
      return parseTokenKeys(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  }),
  ADMIN_EMAILS: people.refine((entries) => entries.length > 0, "must name somebody"),
  GOOGLE_ISSUER: safeAddress
    .default("https://accounts.google.com")
    .transform((url) => url.replace(/\/$/, "")),
  GMAIL_ROOT_URL: safeAddress
    .default("https://gmail.googleapis.com/")
    .transform((url) => (url.endsWith("/") ? url : `${url}/`)),
  ALLOWED_DOMAINS: domains,
  ALLOWED_EMAILS: people,
  /** How long an account that is no longer admitted is kept before it is revoked and destroyed. */
  ADMISSION_GRACE_DAYS: wholeNumber({ of: "days", least: 0, most: 3_650, unlessSet: 30 }),
  /** Days after which a session ends that is not used, and after which it ends in any case. */
  SESSION_IDLE_DAYS: wholeNumber({ of: "days", least: 1, most: 3_650, unlessSet: 14 }),
  SESSION_MAX_DAYS: wholeNumber({ of: "days", least: 1, most: 3_650, unlessSet: 90 }),
  /** What Google allows one user of this project; projects from before May 2026 have 15,000. */
  QUOTA_UNITS_PER_MINUTE: wholeNumber({
    of: "quota units",
    least: 1_200,
    most: 1_000_000_000,
    unlessSet: 6_000,
  }),
  /** How many of an account's newest messages are kept; `all` for the whole mailbox. */
  MIRROR_DEPTH: z
    .string()
    .regex(/^(all|[5-9]\d|[1-9]\d{2,8})$/, "must be a number of messages from 50 on, or all")
    .transform((text) => (text === "all" ? null : Number(text)))
    .default(null),
  BODY_CACHE_DAYS: wholeNumber({ of: "days", least: 0, most: 3_650, unlessSet: 30 }),
  PUBSUB_TOPIC: z
    .string()
    .regex(/^projects\/[^/]+\/topics\/[^/]+$/, "must be projects/<project>/topics/<topic>")
    .optional(),
  PUBSUB_AUDIENCE: z.string().min(1).optional(),
  PUBSUB_SERVICE_ACCOUNT: z.email("must be the service account's e-mail address").optional(),
  WORKER_CONCURRENCY: wholeNumber({ of: "jobs", least: 0, most: 64, unlessSet: 6 }),
  PORT: wholeNumber({ least: 1, most: 65_535, unlessSet: 3_000 }),
  HOST: z.string().min(1).optional(),
  TRUSTED_PROXIES: proxies,
  /** Milliseconds for which requests are still taken after readiness has said no. */
  DRAIN_MS: wholeNumber({ of: "milliseconds", least: 0, most: 6_000, unlessSet: 2_000 }),
  /** How many times the usual limits of lib/use-cases/limits hold here. */
  RATE_LIMIT_SCALE: wholeNumber({ least: 1, most: 1_000, unlessSet: 1 }),
  /** A port of this machine that pictures of mail may come from: for drills beside the local Google. */
  EGRESS_DRILL_PORT: wholeNumberIn({ least: 1, most: 65_535 }).optional(),
  /** Who brings it may read /api/metrics; without it, this machine alone. */
  METRICS_TOKEN: z
    .string()
    .min(16, "must be at least 16 characters; `openssl rand -base64 32` makes one")
    .optional(),
  LOG_LEVEL: logLevels.default("info"),
});

/** Where Google is not this machine, the mail is a stranger's, and it would choose what is asked of that port. */
const schema = variables.refine(
  ({ EGRESS_DRILL_PORT, GOOGLE_ISSUER, GMAIL_ROOT_URL }) =>
    EGRESS_DRILL_PORT === undefined || [GOOGLE_ISSUER, GMAIL_ROOT_URL].every(isLoopbackAddress),
  {
    path: ["EGRESS_DRILL_PORT"],
    error: "is for drills: only with GOOGLE_ISSUER and GMAIL_ROOT_URL on this machine itself",
  },
);

export type Env = z.infer<typeof schema>;

/** Thrown with one line for every variable that is missing or malformed; never with a value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment is not complete:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

type Source = Record<string, string | undefined>;

/** What is given, secrets' files read. `NAME=` in an .env file means "not set". */
const givenIn = (source: Source): ReadSecrets =>
  readSecretFiles(Object.fromEntries(Object.entries(source).filter(([, value]) => value !== "")));

/** One sentence for each variable: of one whose file cannot be read, that is what there is to say. */
function malformed({ source, problems }: ReadSecrets, error: z.ZodError | undefined): string[] {
  const others = (error?.issues ?? []).flatMap((issue) => {
    const name = String(issue.path[0]);
    const words = source[name] === undefined ? "is missing" : issue.message;
    return problems.has(name) ? [] : [`${name}: ${words}`];
  });
  return [...problems.values(), ...others];
}

/** @throws EnvironmentError */
export function parseEnv(source: Source, rules: SecretRules = {}): Env {
  const given = givenIn(source);
  const parsed = schema.safeParse(given.source);
  const problems = [...malformed(given, parsed.error), ...secretProblems(given.source, rules)];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new EnvironmentError(problems);
}

/** For migrations, which need no more than the database. @throws EnvironmentError */
export function databaseEnv(source: Source): z.infer<typeof databaseSchema> {
  const given = givenIn(source);
  const parsed = databaseSchema.safeParse(given.source);
  const problems = malformed(given, parsed.error);
  // The files of other secrets are none of its business.
  const own = problems.filter((problem) => problem.startsWith("DATABASE_"));
  if (parsed.success && own.length === 0) return parsed.data;
  throw new EnvironmentError(own);
}

let cached: Env | undefined;

/** @throws EnvironmentError */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/**
 * For `npm run keys:rotate` alone: there an old key that can be guessed must still open what it has wrapped.
 * @throws EnvironmentError
 */
export function envToRotate(): Env {
  cached = parseEnv(process.env, { oldKeysMayBeWeak: true });
  return cached;
}

/** The log is there before the environment is judged, to say what is wrong with it. */
export const logLevel = () => logLevels.catch("info").parse(process.env.LOG_LEVEL);
