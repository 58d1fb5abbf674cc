/** `npm run doctor`: looks at all that a running Latchkey stands on. Ends with 1 when something keeps it from working. */
import { closeDatabase } from "../db/client.ts";
import { EnvironmentError, env } from "../env.ts";
import { examineDatabase } from "../use-cases/operations/examine-database.ts";
import { examineGoogle } from "../use-cases/operations/examine-google.ts";
import { examineInstance } from "../use-cases/operations/examine-instance.ts";
import { bad, type Finding, well } from "../use-cases/operations/finding.ts";
import { loadEnvFile } from "./load-env-file.ts";

loadEnvFile();

const signs = { well: "ok", doubtful: "??", bad: "NO" } as const;

function tell({ about, state, says, remedy }: Finding): void {
  console.log(`${signs[state]}  ${about}: ${says}${remedy ? `\n      → ${remedy}` : ""}`);
}

/** Each part by itself: one that fails keeps no other from being looked at. */
async function examined(part: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await part();
  } catch (error) {
    return [bad(part.name, error instanceof Error ? error.message : String(error), "mend that first")];
  }
}

function examineEnvironment(): Finding[] {
  try {
    env();
    return [well("environment", "complete")];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map((problem) => bad("environment", problem, "see README.md, Going live"));
  }
}

const findings = examineEnvironment();
findings.forEach(tell);
if (findings.every(({ state }) => state === "well"))
  for (const part of [examineDatabase, examineGoogle, examineInstance]) {
    const found = await examined(part);
    found.forEach(tell);
    findings.push(...found);
  }
await closeDatabase();
process.exit(findings.some(({ state }) => state === "bad") ? 1 : 0);
