/**
 * Every event that the log names, with the level it is written at. docs/operations.md lists them: what each means, and what
 * to do. What a library writes keeps the level that the library gave it: `any`.
 */
export const events = {
  "account.reset.failed": "error",
  "account.sealed.dropped": "error",
  "account.suspended": "warn",
  "admin.refused": "error",
  "admission.sweep.postponed": "warn",
  "attachment.missing": "warn",
  "console.written": "any",
  "credential.unseal.failed": "error",
  "database.connection.lost": "warn",
  "database.full": "error",
  "database.unreachable": "error",
  "form.refused": "warn",
  "gmail.call.failed": "info",
  "grant.dead": "info",
  "grant.return.failed": "warn",
  "grant.revoke.postponed": "warn",
  "grant.revoke.skipped": "error",
  "image.failed": "info",
  "image.refused": "warn",
  "instance.end.failed": "error",
  "instance.started": "info",
  "job.outcome.lost": "warn",
  "jobs.returned": "warn",
  "key.missing": "error",
  "key.unseal.failed": "error",
  "list.doubted": "warn",
  "message.read.aborted": "warn",
  "message.unseal.failed": "warn",
  "messages.unseal.failed": "error",
  "messages.withheld": "error",
  "metrics.incomplete": "warn",
  "migrations.missing": "error",
  "nextauth.failed": "error",
  "promise.rejected": "error",
  "push.postponed": "warn",
  "push.unreadable": "error",
  "queue.written": "any",
  "request.answered": "debug",
  "request.dropped": "error",
  "request.failed": "error",
  "server.failed": "error",
  "server.started": "info",
  "signin.declined": "info",
  "signin.failed": "warn",
  "stream.update.failed": "warn",
  "sync.full.started": "info",
  "sync.request.failed": "warn",
  "token.refresh.failed": "warn",
  "token.refresh.started": "debug",
  "unsubscribe.failed": "info",
  "unsubscribe.sent": "info",
  "variables.dropped": "warn",
  "watch.refused": "error",
  "worker.stopped": "error",
  "workers.sweep.failed": "warn",
} as const satisfies Record<string, Level | "any">;

export type Level = "trace" | "debug" | "info" | "warn" | "error";

/** The events that may be written at a level. */
export type EventAt<L extends Level> = {
  [E in keyof typeof events]: (typeof events)[E] extends L | "any" ? E : never;
}[keyof typeof events];
