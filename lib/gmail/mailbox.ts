import type { Label, LabelCounts, LabelId, Message, MessageId } from "../domain/mail.ts";
import type { GmailError } from "./gmail-error.ts";
import type { GmailAccess } from "./operation.ts";
import type { Download } from "./process-download.ts";
import type { HistoryPage } from "./process-history.ts";
import type { MessageIdPage } from "./process-message-ids.ts";
import type { MailboxProfile } from "./process-profile.ts";
import type { MailboxWatch } from "./process-watch.ts";
import type { GmailCall, GmailMethod } from "./quota-units.ts";
import type { MessageQuery } from "./wire.ts";

export interface MailboxOptions {
  readonly access: GmailAccess;
  /** `GMAIL_ROOT_URL`; ends with `/`. */
  readonly rootUrl: string;
  /** Ends whatever is going on, at once, with `aborted`. */
  readonly signal?: AbortSignal;
  /** Milliseconds for one method of the mailbox with all its requests and waits; 15,000 unless told. */
  readonly deadlineMs?: number;
  /** How often one request may be made in all; 4 unless told. */
  readonly attempts?: number;
  readonly random?: () => number;
  /** Told before each request, and waited for: the book-keeping of quota. What it throws stops the request. */
  readonly onCall?: (call: GmailCall) => unknown;
  /** Told of each call: the status of its answer, or why there was none. */
  readonly onAnswer?: ((method: GmailMethod, status: number | string) => void) | undefined;
  /** Told, and waited for, when an answer names a time to wait, in milliseconds: others should keep it, too. */
  readonly onPause?: ((waitMs: number) => unknown) | undefined;
  /** Mailboxes with the same key send their batches one after the other; the `access` object unless told. */
  readonly queueKey?: string;
}

/** One row of {@link Mailbox.getMessages}. */
export type FetchedMessage =
  | { readonly status: "found"; readonly message: Message }
  | { readonly status: "gone"; readonly id: MessageId }
  | {
      readonly status: "failed";
      readonly id: MessageId;
      readonly error: GmailError;
      /** Whether Gmail refused this very message; false where a whole batch failed, which says nothing of its messages. */
      readonly own: boolean;
    };

/** A Gmail mailbox to read from. Every method throws {@link GmailError}, and passes errors of the access on as they are. */
export interface Mailbox {
  /** 5 units. */
  listMessageIds(query: MessageQuery): Promise<MessageIdPage>;
  /**
   * What a list shows of each message: all but bodies and attachment ids. One row for each id, in their order. 20 units each.
   * Throws only what concerns the whole mailbox; what concerns one message, or passes, is told in its row.
   */
  getMessages(ids: readonly MessageId[]): Promise<FetchedMessage[]>;
  /** The whole message with its bodies. 20 units. */
  getMessage(id: MessageId): Promise<Message>;
  /** As {@link Mailbox.getMessages}, with bodies: in one batch up to 25. 20 units each. */
  getWholeMessages(ids: readonly MessageId[]): Promise<FetchedMessage[]>;
  /** The message as RFC 822, while it comes. 20 units. */
  openRawMessage(id: MessageId): Promise<Download>;
  /** `attachmentId` has to be fresh: Gmail gives another one each time the message is read. 20 units. */
  getAttachment(messageId: MessageId, attachmentId: string): Promise<Buffer>;
  /** An attachment as it comes, in constant memory. The deadline is for its first bytes. 20 units. */
  openAttachment(messageId: MessageId, attachmentId: string): Promise<Download>;
  /** 1 unit. */
  listLabels(): Promise<Label[]>;
  /** Without the labels that are gone meanwhile. 1 unit each. */
  countLabels(ids: readonly LabelId[]): Promise<Map<LabelId, LabelCounts>>;
  /** 1 unit. */
  getProfile(): Promise<MailboxProfile>;
  /** Up to 500 records. Throws `history-expired` when only a full synchronization helps. 2 units. */
  listHistory(startHistoryId: string, pageToken?: string): Promise<HistoryPage>;
  /** Notifications through this Cloud Pub/Sub topic, for seven days. 100 units. */
  watch(topicName: string): Promise<MailboxWatch>;
}
