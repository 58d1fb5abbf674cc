import "server-only";
import pg from "pg";
import { connectionOptions, mayPrepare, partFrom } from "../../db/connection.ts";
import { missingMigrations } from "../../db/schema-state.ts";
import { env } from "../../env.ts";
import { isLoopback } from "../../environment/addresses.ts";
import { messageOf } from "../../telemetry/log.ts";
import { accountsWithoutKey } from "../accounts/accounts-without-key.ts";
import { bad, doubtful, type Finding, well } from "./finding.ts";

const oldestVersion = 15;

/** The database: reachable, new enough, in step with this build, safe on the way, and what stands before it. */
export async function examineDatabase(): Promise<Finding[]> {
  const client = new pg.Client({ ...connectionOptions("command"), query_timeout: patienceMs });
  client.on("error", () => {}); // Whatever is asked next says so.
  try {
    await client.connect();
  } catch (error) {
    return [
      bad("database", `does not answer: ${messageOf(error)}`, "start PostgreSQL, or mend DATABASE_URL"),
    ];
  }
  try {
    const findings: Finding[] = [];
    for (const part of [versionOf, wayOf, rightsOf, poolerOf, directOf, schemaOf, clockOf])
      findings.push(...[await part(client).catch((error) => notFoundOut(part.name, error))].flat());
    return findings;
  } finally {
    await partFrom(client);
  }
}

const notFoundOut = (part: string, error: unknown): Finding =>
  bad("database", `${part.replace("Of", "")} could not be found out: ${messageOf(error)}`, "mend that first");

/** Whether the role may do with the tables what a running instance does. */
async function rightsOf(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ role: string; reads: boolean; queue: boolean }>(
    `SELECT current_user AS role,
       to_regclass('"Account"') IS NULL OR has_table_privilege('"Account"', 'SELECT, INSERT, UPDATE, DELETE') AS reads,
       to_regnamespace('graphile_worker') IS NULL OR has_schema_privilege('graphile_worker', 'USAGE') AS queue`,
  );
  const [may] = rows;
  return may?.reads && may.queue
    ? well("role", `"${may.role}" has the rights that an instance needs`)
    : bad(
        "role",
        `"${may?.role}" may not read and write all tables`,
        "let it own them, or grant it all on them",
      );
}

/** Whether DATABASE_DIRECT_URL leads to the same database. */
async function directOf(client: pg.Client): Promise<Finding[]> {
  if (!env().DATABASE_DIRECT_URL) return [];
  const about = "direct way";
  const direct = new pg.Client({ ...connectionOptions("queue"), query_timeout: patienceMs });
  direct.on("error", () => {});
  const which =
    "SELECT current_database() AS name, (SELECT system_identifier FROM pg_control_system()) AS system";
  const remedy = "mend DATABASE_DIRECT_URL: it leads to the same database as DATABASE_URL";
  try {
    await direct.connect();
    const [here, there] = [await client.query(which), await direct.query(which)];
    return JSON.stringify(here.rows) === JSON.stringify(there.rows)
      ? [well(about, "leads to the same database")]
      : [bad(about, "leads to another database", remedy)];
  } catch (error) {
    return [bad(about, messageOf(error), remedy)];
  } finally {
    await partFrom(direct);
  }
}

async function versionOf(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ number: number; text: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text",
  );
  const [{ number, text } = { number: 0, text: "unknown" }] = rows;
  return number >= oldestVersion * 10_000
    ? well("database", `PostgreSQL ${text}`)
    : bad("database", `is PostgreSQL ${text}`, `bring it to ${oldestVersion} or newer`);
}

/** Whether the connection is encrypted, or somebody on the way could read along. */
async function wayOf(client: pg.Client): Promise<Finding> {
  const { hostname } = new URL(env().DATABASE_URL);
  const { rows } = await client.query<{ ssl: boolean; version: string | null }>(
    "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
  );
  if (rows[0]?.ssl) return well("way to the database", `encrypted, ${rows[0].version}`);
  if (hostname === "" || isLoopback(hostname)) return well("way to the database", "on this machine");
  return doubtful(
    "way to the database",
    `in clear, to ${hostname}`,
    "append ?sslmode=verify-full (and sslrootcert=…) to DATABASE_URL, unless that network is your own",
  );
}

const patienceMs = 3_000;

/**
 * Whether a pooler hands our connection's transactions to several connections of the database: while another client is
 * in a transaction on the one that served us last, another one serves us.
 */
async function poolerOf(client: pg.Client): Promise<Finding> {
  const about = "pooler";
  const other = new pg.Client({ ...connectionOptions("command"), query_timeout: patienceMs });
  other.on("error", () => {});
  const process = async (by: pg.Client) =>
    (await by.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
  const before = await process(client);
  await other.connect();
  try {
    await other.query("BEGIN");
    await process(other);
    const moved = (await process(client)) !== before;
    if (!moved) return well(about, "none, or one that keeps a connection for a session");
    const { DATABASE_DIRECT_URL } = env();
    if (!DATABASE_DIRECT_URL)
      return bad(
        about,
        "hands connections on between transactions",
        "set DATABASE_DIRECT_URL to the way past it",
      );
    return !mayPrepare()
      ? well(about, "hands connections on between transactions; there is a way past it")
      : doubtful(
          about,
          "hands connections on between transactions",
          "set DATABASE_PREPARED=off, unless it is PgBouncer 1.21 or newer with max_prepared_statements",
        );
  } finally {
    await partFrom(other);
  }
}

async function schemaOf(_client: pg.Client): Promise<Finding[]> {
  const missing = await missingMigrations();
  if (missing.length > 0)
    return [bad("tables", `${missing.length} migrations are missing`, "npm run migrate")];
  const keys = env().TOKEN_KEYS.map(({ id }) => id);
  const lacking = await accountsWithoutKey(keys);
  return [
    well("tables", "as this build wants them"),
    ...lacking.map(({ keyId, accounts }) =>
      bad(
        "keys",
        `TOKEN_KEYS lacks "${keyId}", which wraps the data keys of ${accounts} accounts`,
        `bring it back; if it is lost for good: npm run keys:lost -- ${keyId} says what that means`,
      ),
    ),
    ...(lacking.length === 0 ? [well("keys", `${keys.join(", ")}; no other is needed`)] : []),
  ];
}

const clockToleranceMs = 5_000;

async function clockOf(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ ms: number }>(
    "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms",
  );
  const apartMs = Math.abs((rows[0]?.ms ?? 0) - Date.now());
  return apartMs <= clockToleranceMs
    ? well("database's clock", "agrees with this machine's")
    : bad(
        "database's clock",
        `is ${Math.round(apartMs / 1000)} s from this machine's`,
        "let both follow a time server: sessions, limits and jobs go by them",
      );
}
