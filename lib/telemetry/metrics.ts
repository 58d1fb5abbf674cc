import "server-only";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { perProcess } from "../domain/per-process.ts";

/** What this process has counted since its start. Never with an address, an id or a word of anybody's. */
export type Metrics = ReturnType<typeof make>;

function make() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    refreshes: new Counter({
      name: "latchkey_refreshes_total",
      help: "Refreshes of access tokens at Google, by how they came out",
      labelNames: ["outcome"],
      registers,
    }),
    calls: new Counter({
      name: "latchkey_google_calls_total",
      help: "Calls to Google, by method and by the answer's status (or why there was none)",
      labelNames: ["method", "status"],
      registers,
    }),
    units: new Counter({
      name: "latchkey_gmail_units_total",
      help: "Quota units that were booked at Gmail, by who asked: a person or a job",
      labelNames: ["by"],
      registers,
    }),
    forwarded: new Counter({
      name: "latchkey_forwarded_total",
      help: "Requests, by whether a proxy told who asks and whether TRUSTED_PROXIES believes it",
      labelNames: ["told"],
      registers,
    }),
    answers: new Histogram({
      name: "latchkey_answer_seconds",
      help: "Time to answer a request, by kind of page and class of status; streams are left out",
      labelNames: ["kind", "status"],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  };
}

export const metrics = perProcess<Metrics>("metrics", make);
