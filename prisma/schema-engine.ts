/**
 * Prisma's schema engine, compiled to WebAssembly, started by hand: it comes from npm, the binary engine does not.
 * @see docs/decisions/0006-prisma-without-a-binary-engine.md
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** What PostgreSQL lists the engine's connections as. */
export const engineName = "latchkey migrate";

interface SchemaEngine {
  diff(request: object): Promise<{ stdout: string | null }>;
  applyMigrations(request: object): Promise<{ appliedMigrationNames: string[] }>;
}

interface Bindings {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: {
    new: (options: object, log: (line: string) => void, adapter: object) => Promise<SchemaEngine>;
  };
}

const engine = bindings as unknown as Bindings;
let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = await readFile(join(dirname(entry), "schema_engine_bg.wasm"));
  const module = await WebAssembly.compile(new Uint8Array(bytes));
  const instance = await WebAssembly.instantiate(module, {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}

/**
 * Prisma's adapter sends a script statement by statement, over whatever connection is free. Sent as a whole it is one
 * transaction, as Prisma's own engine has it: a migration that is stopped leaves nothing behind.
 */
class WholeScripts extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(script).catch((error) => {
        throw error instanceof pg.DatabaseError ? toldToEngine(error) : error;
      });
    };
    return adapter;
  }
}

/** What PostgreSQL says, in the form that the engine repeats. */
const toldToEngine = ({ code = "", severity = "ERROR", message, detail, column, hint }: pg.DatabaseError) =>
  new DriverAdapterError({ kind: "postgres", code, severity, message, detail, column, hint });

/** Runs `work` with an engine that speaks to the database and knows the schema's text; leaves no connection open. */
export async function withSchemaEngine<Result>(
  connectionString: string,
  schema: string,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loaded ??= load();
  await loaded;
  const pool = new pg.Pool({ connectionString, application_name: engineName });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
    return await work(
      await engine.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => {}, adapter),
    );
  } finally {
    await pool.end();
  }
}
