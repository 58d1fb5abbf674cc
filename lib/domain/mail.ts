/**
 * Mail as it travels between Gmail's wire, the reading code and the pages. Types only: every layer may import them.
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages
 */

export type AccountId = string & { readonly __brand: "AccountId" };
export type MessageId = string & { readonly __brand: "MessageId" };
export type ThreadId = string & { readonly __brand: "ThreadId" };
export type LabelId = string & { readonly __brand: "LabelId" };

/** One header as it stood in the message: may repeat, may be RFC 2047 encoded. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** One node of the MIME tree. `data` is base64url; large bodies carry an `attachmentId` instead. */
export interface MessagePart {
  readonly partId: string;
  readonly mimeType: string;
  readonly filename: string;
  readonly headers: readonly Header[];
  readonly body: {
    readonly sizeBytes: number;
    readonly data: string | null;
    readonly attachmentId: string | null;
  };
  readonly parts: readonly MessagePart[];
}

/** A message as Gmail tells it; in a list its parts carry no bodies. */
export interface Message {
  readonly id: MessageId;
  readonly threadId: ThreadId;
  readonly labelIds: readonly LabelId[];
  /** HTML-escaped, as Gmail sends it. */
  readonly snippet: string;
  /** Milliseconds since the epoch. */
  readonly internalDateMs: number;
  readonly historyId: string;
  readonly sizeBytes: number;
  readonly payload: MessagePart;
}

export interface Label {
  readonly id: LabelId;
  /** Nested labels use `/`. */
  readonly name: string;
  readonly type: "system" | "user";
  readonly color: { readonly background: string; readonly text: string } | null;
  readonly hiddenInList: boolean;
}

export interface LabelCounts {
  readonly messagesTotal: number;
  readonly messagesUnread: number;
}
