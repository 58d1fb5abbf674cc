/** For the whole run one PostgreSQL, with a migrated template that every test file makes its own database from. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deploy } from "../../prisma/migrate.ts";
import { freePort, startDatabase } from "../database.ts";
import { serverVariable, templateName } from "./database.ts";

export default async function startPostgres(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "latchkey-test-"));
  await chmod(directory, 0o755); // PostgreSQL runs as a user of its own where we are root.
  const server = await startDatabase({
    directory: join(directory, "postgres"),
    port: await freePort(),
    name: templateName,
  });
  await deploy(server.url);
  process.env[serverVariable] = server.urlOf("postgres");
  process.env.LOG_LEVEL ??= "silent";
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
