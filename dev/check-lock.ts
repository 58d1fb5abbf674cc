/**
 * `npm run check:lock`: what package-lock.json promises, without a network. With `-- --fill` it asks the registry for
 * the hashes that are missing: npm leaves them out of a lock file that was written from installed packages, for
 * every platform's package but this machine's.
 */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface LockedPackage {
  /** The package's own name, where it is installed under another. */
  name?: string;
  version?: string;
  integrity?: string;
  resolved?: string;
  inBundle?: boolean;
  dev?: boolean;
}

export interface Lock {
  readonly packages: Record<string, LockedPackage>;
}

/**
 * Have known advisories, or bring packages that had. A build needs them; what is served must do without.
 * @see dev/pack.ts, which takes none of them along
 */
const onlyToBuild = [
  "prisma",
  "@prisma/config",
  "@prisma/dev",
  "@prisma/studio-core",
  "mysql2",
  "deepmerge-ts",
];

const nameOf = (path: string, { name }: LockedPackage) => name ?? path.split("node_modules/").at(-1) ?? path;

/** A sentence for every entry whose download could not be verified, or that production must not install. */
export function lockProblems({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (path === "" || entry.inBundle) return [];
    const problems = [];
    if (!entry.integrity?.startsWith("sha512-")) problems.push(`${path} has no sha512 hash`);
    if (entry.resolved) problems.push(`${path} names the registry it came from`);
    if (onlyToBuild.includes(nameOf(path, entry)) && !entry.dev) {
      problems.push(`${path} would be installed in production`);
    }
    return problems;
  });
}

/** What the registry says of each entry without a hash. @throws Error when it does not know a version */
async function fillHashes({ packages }: Lock): Promise<void> {
  for (const [path, entry] of Object.entries(packages)) {
    if (path === "" || entry.inBundle || entry.integrity) continue;
    const wanted = `${nameOf(path, entry)}@${entry.version}`;
    const { stdout } = await promisify(execFile)("npm", ["view", wanted, "dist.integrity"]);
    if (!stdout.startsWith("sha512-")) throw new Error(`The registry has no sha512 hash of ${wanted}.`);
    entry.integrity = stdout.trim();
  }
}

async function main(): Promise<void> {
  const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
  const lock = JSON.parse(await readFile(file, "utf8")) as Lock;
  if (process.argv.includes("--fill")) {
    await fillHashes(lock);
    await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
  }
  const problems = lockProblems(lock);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

if (import.meta.main) await main();
