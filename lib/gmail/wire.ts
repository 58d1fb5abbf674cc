import "server-only";
import { OAuth2Client } from "google-auth-library";
import { gmail } from "googleapis/build/src/apis/gmail/index.js";
import type { LabelId } from "../domain/mail.ts";
import { historyFields, labelCountsFields, labelsFields, messageIdsFields } from "./fields.ts";
import type { Attempt } from "./operation.ts";
import type { WireAnswer } from "./read-answer.ts";

/**
 * Sending, and nothing else: each function makes one request and gives the answer as it came, whatever its status.
 * What an answer means is said by the `process…` functions. Rejects only when no answer came.
 */
const api = gmail("v1");

/** `rootUrl` is `https://gmail.googleapis.com/` or the local Google's. */
export interface Wire extends Attempt {
  readonly rootUrl: string;
}

export interface MessageQuery {
  /** Messages that carry all of these labels. */
  readonly labelIds?: readonly LabelId[];
  /** In Gmail's search language. */
  readonly query?: string;
  readonly pageToken?: string;
  /** 1 to `longestIdPage`. */
  readonly maxResults: number;
  readonly includeSpamTrash?: boolean;
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
export function sendMessageQuery(wire: Wire, query: MessageQuery): Promise<WireAnswer> {
  const call = api.users.messages.list(
    {
      ...common(wire),
      fields: messageIdsFields,
      maxResults: query.maxResults,
      includeSpamTrash: query.includeSpamTrash ?? false,
      ...(query.labelIds && { labelIds: [...query.labelIds] }),
      ...(query.query && { q: query.query }),
      ...(query.pageToken && { pageToken: query.pageToken }),
    },
    transport(wire),
  );
  return answerOf("messages.list", call);
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get */
export function sendMessageRequest(wire: Wire, id: string): Promise<WireAnswer> {
  const request = { ...common(wire), id, format: "full" };
  return answerOf("messages.get", api.users.messages.get(request, transport(wire)));
}

/** The message as RFC 822; `data` of the answer is the stream of its bytes. */
export function sendRawMessageRequest(wire: Wire, id: string): Promise<WireAnswer> {
  const request = { ...common(wire), id, format: "raw" };
  return answerOf("messages.get", api.users.messages.get(request, streamed(wire)));
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments/get */
export function sendAttachmentRequest(wire: Wire, messageId: string, id: string): Promise<WireAnswer> {
  const call = api.users.messages.attachments.get({ ...common(wire), messageId, id }, transport(wire));
  return answerOf("messages.attachments.get", call);
}

/** An attachment as it comes; `data` of the answer is the stream of its bytes. */
export function sendAttachmentDownload(wire: Wire, messageId: string, id: string): Promise<WireAnswer> {
  const call = api.users.messages.attachments.get({ ...common(wire), messageId, id }, streamed(wire));
  return answerOf("messages.attachments.get", call);
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/list */
export function sendLabelsRequest(wire: Wire): Promise<WireAnswer> {
  const call = api.users.labels.list({ ...common(wire), fields: labelsFields }, transport(wire));
  return answerOf("labels.list", call);
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/get */
export function sendLabelRequest(wire: Wire, id: LabelId): Promise<WireAnswer> {
  const request = { ...common(wire), id, fields: labelCountsFields };
  return answerOf("labels.get", api.users.labels.get(request, transport(wire)));
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile */
export function sendProfileRequest(wire: Wire): Promise<WireAnswer> {
  return answerOf("getProfile", api.users.getProfile(common(wire), transport(wire)));
}

/** A page holds up to 500 records and costs the same as a small one. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list */
export function sendHistoryRequest(
  wire: Wire,
  startHistoryId: string,
  pageToken?: string,
): Promise<WireAnswer> {
  const call = api.users.history.list(
    {
      ...common(wire),
      fields: historyFields,
      startHistoryId,
      maxResults: 500,
      ...(pageToken && { pageToken }),
    },
    transport(wire),
  );
  return answerOf("history.list", call);
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/watch */
export async function sendWatchRequest(wire: Wire, topicName: string): Promise<WireAnswer> {
  stillWanted(wire);
  const call = api.users.watch({ ...common(wire), requestBody: { topicName } }, transport(wire));
  return answerOf("watch", call);
}

/**
 * Several GETs in one request; `data` of the answer is the multipart text.
 * @see https://developers.google.com/workspace/gmail/api/guides/batch
 */
export async function sendBatch(wire: Wire, method: string, paths: readonly string[]): Promise<WireAnswer> {
  stillWanted(wire);
  const call = bearer(wire.token).request<unknown>({
    ...transport(wire),
    url: `${wire.rootUrl}batch/gmail/v1`,
    method: "POST",
    // googleapis sends the same two on its own calls: Google compresses only for a user agent that says gzip.
    headers: {
      "Content-Type": `multipart/mixed; boundary=${boundary}`,
      "Accept-Encoding": "gzip",
      "User-Agent": "latchkey (gzip)",
    },
    data: batchBody(paths),
    responseType: "text",
  });
  return answerOf(method, call);
}

const boundary = "latchkey_batch";

/**
 * The body of a batch of GETs, each named by its place: the answer may come in any order.
 * Paths are encoded, so none can hold a line break or the boundary's dashes at the start of a line.
 * @see https://developers.google.com/workspace/gmail/api/guides/batch#format-of-a-batch-request
 */
function batchBody(paths: readonly string[]): string {
  const parts = paths.map((path, index) =>
    [
      `--${boundary}`,
      "Content-Type: application/http",
      `Content-ID: <item-${index}>`,
      "",
      `GET ${path}`,
      "",
      "",
    ].join("\r\n"),
  );
  return `${parts.join("")}--${boundary}--\r\n`;
}

/**
 * The path of one call of a batch. `query` goes out as it is written here: its commas and brackets need no escaping, and
 * unescaped a batch of 25 fits into the first flight of a fresh connection.
 */
export function batchPath(resource: "messages" | "labels", id: string, query: string): string {
  return `/gmail/v1/users/me/${resource}/${encodeURIComponent(id)}?${query}&prettyPrint=false`;
}

/**
 * The HTTP client, when it is given a body and a signal that has fired already, throws where nobody can catch it. While a
 * call was booked, its deadline may have passed.
 */
function stillWanted({ signal }: Wire): void {
  signal.throwIfAborted();
}

/** A client that knows an access token and nothing to renew it with, so that a 401 comes back to `openAccess`. */
function bearer(token: string): OAuth2Client {
  // Its request parameters would log each request, token and all, when GOOGLE_SDK_NODE_LOGGING is set.
  return new OAuth2Client({ credentials: { access_token: token }, useAuthRequestParameters: false });
}

function common(wire: Wire) {
  return { userId: "me", auth: bearer(wire.token), prettyPrint: false };
}

/** Every status is an answer, and retries, redirects and deadlines are ours: the client's own are off. */
function transport(wire: Wire) {
  return {
    rootUrl: wire.rootUrl,
    signal: wire.signal,
    retry: false,
    redirect: "manual",
    validateStatus: () => true,
    responseType: "json",
  } as const;
}

function streamed(wire: Wire) {
  return { ...transport(wire), responseType: "stream" } as const;
}

async function answerOf(
  method: string,
  call: Promise<{ status: number; headers: object; data: unknown }>,
): Promise<WireAnswer> {
  const { status, headers, data } = await call;
  return { method, status, headers: new Headers(headers as HeadersInit), data };
}
