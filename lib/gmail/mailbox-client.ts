import type { LabelCounts, LabelId, Message, MessageId } from "../domain/mail.ts";
import { labelCountsFields, listedMessageFields } from "./fields.ts";
import { GmailError, malformedAnswer } from "./gmail-error.ts";
import type { FetchedMessage, Mailbox, MailboxOptions } from "./mailbox.ts";
import { startOperation } from "./operation.ts";
import type { BatchOutcome } from "./process-batch.ts";
import { type Download, processDownload } from "./process-download.ts";
import { processHistory } from "./process-history.ts";
import { processLabelCounts, processLabels } from "./process-labels.ts";
import { processAttachment, processMessage } from "./process-message.ts";
import { processMessageIds } from "./process-message-ids.ts";
import { processProfile } from "./process-profile.ts";
import { processWatch } from "./process-watch.ts";
import { type GmailMethod, quotaUnits } from "./quota-units.ts";
import type { WireAnswer } from "./read-answer.ts";
import { queueBatch, readByBatch } from "./read-by-batch.ts";
import * as wire from "./wire.ts";

/** The longest that a download may take. */
const longestDownloadMs = 30 * 60_000;

/** A client of one mailbox. Making it costs nothing: requests are made by the methods. */
export function mailboxClient(options: MailboxOptions): Mailbox {
  const { access, rootUrl, onCall } = options;

  const start = () =>
    startOperation({
      access,
      deadlineMs: options.deadlineMs ?? 15_000,
      attempts: options.attempts ?? 4,
      random: options.random ?? Math.random,
      signal: options.signal,
      onPause: options.onPause,
      onAnswer: options.onAnswer,
    });

  function read<T>(
    method: GmailMethod,
    send: (to: wire.Wire) => Promise<WireAnswer>,
    process: (answer: WireAnswer) => T,
    kind: "answer" | "download" = "answer",
  ): Promise<T> {
    return start().read(
      method,
      async (attempt) => {
        await onCall?.({ method, units: quotaUnits[method] });
        return process(await send({ ...attempt, rootUrl }));
      },
      kind,
    );
  }

  /** The deadline is for the first bytes; then the answer may come as slowly as it is taken, until the caller's signal fires. */
  function download(
    method: GmailMethod,
    send: (to: wire.Wire) => Promise<WireAnswer>,
    field: "raw" | "data",
  ): Promise<Download> {
    return start().read(
      method,
      async (attempt) => {
        await onCall?.({ method, units: quotaUnits[method] });
        const whole = new AbortController();
        const giveUp = () => whole.abort(attempt.signal.reason);
        attempt.signal.addEventListener("abort", giveUp, { once: true });
        const signals = [whole.signal, AbortSignal.timeout(longestDownloadMs), options.signal ?? []].flat();
        try {
          attempt.signal.throwIfAborted();
          return await processDownload(
            await send({ ...attempt, rootUrl, signal: AbortSignal.any(signals) }),
            field,
          );
        } finally {
          attempt.signal.removeEventListener("abort", giveUp);
        }
      },
      "download",
    );
  }

  function readAll<T>(
    method: GmailMethod,
    paths: readonly string[],
    process: (part: WireAnswer) => T,
  ): Promise<BatchOutcome<T>[]> {
    return readByBatch(start(), {
      method,
      paths,
      process,
      send: (attempt, open) =>
        queueBatch(options.queueKey ?? access, attempt.signal, async (sent) => {
          await onCall?.({ method, units: quotaUnits[method] * open.length });
          const answer = wire.sendBatch({ ...attempt, rootUrl }, method, open);
          sent();
          return answer;
        }),
    });
  }

  async function readMessages(ids: readonly MessageId[], query: string): Promise<FetchedMessage[]> {
    const paths = ids.map((id) => wire.batchPath("messages", id, query));
    const outcomes = await readAll("messages.get", paths, processMessage);
    return outcomes.map((outcome, index) => fetchedMessage(ids[index] as MessageId, outcome));
  }

  async function countOne(id: LabelId): Promise<Map<LabelId, LabelCounts>> {
    requireSegments("labels.get", id);
    try {
      const counts = await read("labels.get", (to) => wire.sendLabelRequest(to, id), processLabelCounts);
      return new Map([[id, counts]]);
    } catch (error) {
      if (error instanceof GmailError && error.code === "not-found") return new Map();
      throw error;
    }
  }

  return {
    listMessageIds: (query) =>
      read(
        "messages.list",
        (to) => wire.sendMessageQuery(to, query),
        (answer) => processMessageIds(answer, query),
      ),

    getMessages: (ids) => readMessages(ids, `format=full&fields=${listedMessageFields}`),

    getWholeMessages: (ids) => readMessages(ids, "format=full"),

    async getMessage(id) {
      requireSegments("messages.get", id);
      return read("messages.get", (to) => wire.sendMessageRequest(to, id), processMessage, "download");
    },

    async openRawMessage(id) {
      requireSegments("messages.get", id);
      return download("messages.get", (to) => wire.sendRawMessageRequest(to, id), "raw");
    },

    async getAttachment(messageId, attachmentId) {
      const method = "messages.attachments.get";
      requireSegments(method, messageId, attachmentId);
      const send = (to: wire.Wire) => wire.sendAttachmentRequest(to, messageId, attachmentId);
      return read(method, send, processAttachment, "download");
    },

    async openAttachment(messageId, attachmentId) {
      const method = "messages.attachments.get";
      requireSegments(method, messageId, attachmentId);
      return download(method, (to) => wire.sendAttachmentDownload(to, messageId, attachmentId), "data");
    },

    listLabels: () => read("labels.list", wire.sendLabelsRequest, processLabels),

    async countLabels(ids) {
      const [only, ...others] = ids;
      // One label needs no batch, and so no place among the batches that bring messages.
      if (only !== undefined && others.length === 0) return countOne(only);
      const paths = ids.map((id) => wire.batchPath("labels", id, `fields=${labelCountsFields}`));
      const outcomes = await readAll("labels.get", paths, processLabelCounts);
      const counts = new Map<LabelId, LabelCounts>();
      for (const [index, id] of ids.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status === "failed") throw outcome.error;
        if (outcome?.status === "found") counts.set(id, outcome.value);
      }
      return counts;
    },

    getProfile: () => read("getProfile", wire.sendProfileRequest, processProfile),

    listHistory: (startHistoryId, pageToken) =>
      read("history.list", (to) => wire.sendHistoryRequest(to, startHistoryId, pageToken), processHistory),

    watch: (topicName) => read("watch", (to) => wire.sendWatchRequest(to, topicName), processWatch),
  };
}

function fetchedMessage(id: MessageId, outcome: BatchOutcome<Message>): FetchedMessage {
  switch (outcome.status) {
    case "found":
      return outcome.value.id === id
        ? { status: "found", message: outcome.value }
        : { status: "failed", id, error: malformedAnswer("messages.get", "another message"), own: true };
    case "gone":
      return { status: "gone", id };
    case "failed":
      return { status: "failed", id, error: outcome.error, own: outcome.own };
  }
}

/** Ids come from the address bar too. One that would lead elsewhere in the API names no message. */
function requireSegments(method: GmailMethod, ...ids: readonly string[]): void {
  if (ids.some((id) => ["", ".", ".."].includes(id))) {
    throw new GmailError("not-found", `Gmail ${method}: no such id`, { reason: "invalid-id" });
  }
}
