/** What stopped a migration, as a sentence with its remedy. Never with the address: it holds a password. */

interface Place {
  /** `host:port/database`, as an operator knows it. */
  readonly where: string;
  readonly role: string;
}

const placeOf = (connectionString: string): Place => {
  const { host, pathname, username } = new URL(connectionString);
  return {
    where: `${host || "the local socket"}${pathname}`,
    role: decodeURIComponent(username) || "the role",
  };
};

/** PostgreSQL's and Node's codes. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const byCode: Readonly<Record<string, (place: Place) => string>> = {
  ECONNREFUSED: ({ where }) => `Nothing listens at ${where}: start PostgreSQL, or mend DATABASE_URL.`,
  ENOTFOUND: ({ where }) => `The host of ${where} is not known: mend DATABASE_URL.`,
  EAI_AGAIN: ({ where }) =>
    `The host of ${where} is not known at the moment: the name server does not answer.`,
  ETIMEDOUT: ({ where }) => `${where} does not answer: look whether a firewall stands between.`,
  ECONNRESET: ({ where }) => `${where} broke the connection off: look into PostgreSQL's log.`,
  "28P01": ({ role }) => `PostgreSQL does not take the password of "${role}": mend it in DATABASE_URL.`,
  "28000": ({ role }) => `PostgreSQL does not let "${role}" in from here: mend DATABASE_URL, or pg_hba.conf.`,
  "3D000": ({ where, role }) =>
    `There is no database ${where}: make it, for example \`createdb --owner=${role} ${where.split("/").at(-1)}\`.`,
  "42501": ({ role }) => `"${role}" lacks a right that migrations need; what PostgreSQL says is below.`,
  "53300": ({ where }) => `${where} has no connection free: raise max_connections, or stop what holds them.`,
  "57P03": ({ where }) => `${where} is starting or stopping: try again in a moment.`,
};

/** The codes that an error carries, its causes' too. */
function* codesOf(error: unknown): Generator<string> {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string") yield at.code;
    if (at instanceof AggregateError) for (const each of at.errors) yield* codesOf(each);
    const [named] = /\b(E[A-Z]{5,}|\d\d[A-Z0-9]{3})\b/.exec(at.message) ?? [];
    if (named) yield named;
  }
}

/** What went wrong, and what to do about it. */
export function migrationTrouble(error: unknown, connectionString: string): string {
  const place = placeOf(connectionString);
  const failed = /migration_name="([^"]+)"|Migration name: (\S+)/.exec(messageOf(error));
  if (failed)
    return `The migration ${failed[1] ?? failed[2]} failed, and nothing of it was kept. Mend what PostgreSQL says below, and run \`npm run migrate\` again; the version that ran before goes on working.\n  ${plain(error)}`;
  if (/schema is not empty/.test(messageOf(error)))
    return `${place.where} holds tables of something else: give Latchkey a database of its own.`;
  for (const code of codesOf(error)) {
    const words = byCode[code];
    if (words) return code === "42501" ? `${words(place)}\n  ${plain(error)}` : words(place);
  }
  return `The database at ${place.where} could not be migrated:\n  ${plain(error)}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Its words without the engine's own stack, and without any password. */
const plain = (error: unknown): string =>
  messageOf(error)
    .replace(/\n\s*0: [\s\S]*$/, "")
    .replaceAll(/postgres(ql)?:\/\/\S+/g, "postgresql://…")
    .replaceAll(/\s*\n\s*/g, "\n  ")
    .trim()
    .slice(0, 2_000);
