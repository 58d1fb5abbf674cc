import "server-only";
import { Gauge, Registry } from "prom-client";
import { database } from "../../db/client.ts";
import { poolUse } from "../../db/connection.ts";
import type { RollUp } from "../../db/generated/client.ts";
import { abortable } from "../../domain/abortable.ts";
import { instance } from "../../telemetry/instance.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import { metrics } from "../../telemetry/metrics.ts";

/** The names under which what a job has rolled up stands among the metrics; the labels are what the job wrote. */
const rolledUp = {
  accounts: { help: "Connected accounts, by state", label: "state" },
  copies: { help: "Copies of mailboxes, whole or still filling", label: "state" },
  copy_lag_seconds: {
    help: "Since when copies of active accounts were last in step with Gmail",
    label: "of",
  },
  messages_aside: { help: "Messages that Gmail names and does not give", label: null },
  jobs: { help: "Jobs in the queue, by task and whether they are due", label: "task" },
  oldest_due_job_seconds: { help: "How long the oldest job that is due has waited", label: null },
} as const;

/** Whoever scrapes waits for some seconds in all. */
const deadlineMs = 1_500;

/**
 * What Prometheus reads: this process's own counters, what stands open in it, and the last roll-up of the database. Without
 * the database, all but that.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export async function readMetrics(openStreams: number): Promise<{ type: string; text: string }> {
  const { registry } = metrics();
  const now = new Registry();
  describeProcess(now, openStreams);
  try {
    describeRollUp(now, await abortable(database().rollUp.findMany(), AbortSignal.timeout(deadlineMs)));
  } catch (error) {
    log.warn(
      { event: "metrics.incomplete", error: messageOf(error) },
      "metrics were read without the database",
    );
  }
  return { type: registry.contentType, text: await Registry.merge([registry, now]).metrics() };
}

function describeProcess(now: Registry, openStreams: number): void {
  const registers = [now];
  const pool = new Gauge({
    name: "latchkey_database_connections",
    help: "Connections of this process, by what they are for",
    labelNames: ["pool", "state"],
    registers,
  });
  for (const { pool: name, ...states } of poolUse()) {
    for (const [state, count] of Object.entries(states)) pool.set({ pool: name, state }, count);
  }
  new Gauge({ name: "latchkey_streams", help: "Streams of events that stand open", registers }).set(
    openStreams,
  );
  new Gauge({ name: "latchkey_worker", help: "1 while jobs are worked on here", registers }).set(
    Number(instance().worker === "working"),
  );
}

function describeRollUp(now: Registry, rows: readonly RollUp[]): void {
  for (const [name, { help, label }] of Object.entries(rolledUp)) {
    const labelNames = name === "jobs" ? ["task", "state"] : label ? [label] : [];
    const gauge = new Gauge({ name: `latchkey_${name}`, help, labelNames, registers: [now] });
    for (const row of rows.filter((one) => one.name === name))
      gauge.set(labelsOf(row, labelNames), row.value);
  }
}

function labelsOf({ label }: RollUp, names: readonly string[]): Record<string, string> {
  const values = names.length > 1 ? label.split(" ") : [label];
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""]));
}
