import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { GmailError } from "./gmail-error.ts";
import type { WireAnswer } from "./judge-answer.ts";
import { processHistory } from "./process-history.ts";
import { processLabelCounts, processLabels } from "./process-labels.ts";
import { processAttachment, processMessage, processRawMessage } from "./process-message.ts";
import { processMessageIds } from "./process-message-ids.ts";
import { processProfile } from "./process-profile.ts";

function ok(data: unknown): WireAnswer {
  return { method: "messages.get", status: 200, headers: new Headers(), data };
}

const malformed = expect.objectContaining({ code: "unavailable", reason: "malformed-answer" });

describe("a message", () => {
  it("is read with doubled headers in their order", () => {
    const message = processMessage(
      ok({
        id: "m1",
        threadId: "t1",
        labelIds: ["INBOX"],
        snippet: "Tom &amp; I",
        internalDate: "1780000000123",
        historyId: "9007199254740993",
        sizeEstimate: 77,
        payload: {
          partId: "",
          mimeType: "text/plain",
          filename: "",
          headers: [
            { name: "Received", value: "two" },
            { name: "Received", value: "one" },
          ],
          body: { size: 2, data: "aGk" },
        },
      }),
    );
    expect(message).toEqual({
      id: "m1",
      threadId: "t1",
      labelIds: ["INBOX"],
      snippet: "Tom &amp; I",
      internalDateMs: 1_780_000_000_123,
      historyId: "9007199254740993",
      sizeBytes: 77,
      payload: {
        partId: "",
        mimeType: "text/plain",
        filename: "",
        headers: [
          { name: "Received", value: "two" },
          { name: "Received", value: "one" },
        ],
        body: { sizeBytes: 2, data: "aGk", attachmentId: null },
        parts: [],
      },
    });
  });

  it("needs nothing but its id", () => {
    expect(processMessage(ok({ id: "m1" }))).toMatchObject({
      threadId: "m1",
      labelIds: [],
      snippet: "",
      internalDateMs: 0,
      payload: { mimeType: "", headers: [], parts: [], body: { sizeBytes: 0, data: null } },
    });
  });

  test.each([["soon"], ["-5"], ["1e9"], ["99999999999999999999"], ["8640000000000001"], [Number.NaN], [{}]])(
    "has no internal date when it says %j",
    (internalDate) => {
      expect(processMessage(ok({ id: "m1", internalDate })).internalDateMs).toBe(0);
    },
  );

  it("may nest fifty deep", () => {
    let payload: object = { mimeType: "text/plain" };
    for (let level = 0; level < 50; level += 1) payload = { mimeType: "multipart/mixed", parts: [payload] };
    let part = processMessage(ok({ id: "m1", payload })).payload;
    let depth = 0;
    for (let child = part.parts[0]; child; child = part.parts[0]) {
      part = child;
      depth += 1;
    }
    expect([depth, part.mimeType]).toEqual([50, "text/plain"]);
  });
});

it("decodes base64url to bytes", () => {
  const bytes = Buffer.from([0xfb, 0xff, 0x00, 0x3e]);
  expect(processAttachment(ok({ size: 4, data: bytes.toString("base64url") }))).toEqual(bytes);
  expect(processRawMessage(ok({ id: "m1", raw: bytes.toString("base64url") }))).toEqual(bytes);
});

it("takes an attachment of no bytes for empty, and one without data for malformed", () => {
  expect(processAttachment(ok({ size: 0 }))).toHaveLength(0);
  expect(() => processAttachment(ok({ size: 9 }))).toThrow(malformed);
});

describe("a list", () => {
  it("is empty when Google leaves the messages out", () => {
    expect(processMessageIds(ok({ resultSizeEstimate: 0 }))).toEqual({
      ids: [],
      nextPageToken: null,
      resultSizeEstimate: 0,
    });
  });

  it("is refused whole rather than given with a message short", () => {
    expect(() => processMessageIds(ok({ messages: [{ id: "m1" }, {}] }))).toThrow(malformed);
    expect(() => processMessageIds(ok({ messages: { id: "m1" } }))).toThrow(malformed);
  });
});

it("reads labels with their colours, and tells the hidden ones", () => {
  const color = { backgroundColor: "#000000", textColor: "#ffffff" };
  const labels = [
    { id: "INBOX", name: "INBOX", type: "system" },
    { id: "Label_1", name: "Work/Bills", type: "user", color, labelListVisibility: "labelHide" },
    { name: "no id" },
  ];
  expect(processLabels(ok({ labels }))).toEqual([
    { id: "INBOX", name: "INBOX", type: "system", color: null, hiddenInList: false },
    {
      id: "Label_1",
      name: "Work/Bills",
      type: "user",
      color: { background: "#000000", text: "#ffffff" },
      hiddenInList: true,
    },
  ]);
});

it("reads every kind of change of a history record", () => {
  const message = { id: "m1", threadId: "t1", labelIds: ["INBOX", "UNREAD"] };
  const history = [
    {
      id: "12",
      messages: [message],
      messagesAdded: [{ message }],
      messagesDeleted: [{ message }],
      labelsAdded: [{ message, labelIds: ["STARRED"] }],
      labelsRemoved: [{ message, labelIds: ["UNREAD"] }, { labelIds: ["INBOX"] }],
    },
  ];
  expect(processHistory(ok({ history, historyId: "15", nextPageToken: "more" }))).toEqual({
    records: [
      {
        id: "12",
        added: [message],
        deleted: [{ id: "m1", threadId: "t1" }],
        labelsAdded: [{ id: "m1", threadId: "t1", labelIds: ["STARRED"] }],
        labelsRemoved: [{ id: "m1", threadId: "t1", labelIds: ["UNREAD"] }],
      },
    ],
    nextPageToken: "more",
    historyId: "15",
  });
});

it("says that nothing changed when Google leaves the history out", () => {
  expect(processHistory(ok({ historyId: "15" })).records).toEqual([]);
});

const processors = {
  processMessage,
  processRawMessage,
  processAttachment,
  processMessageIds,
  processLabels,
  processLabelCounts,
  processProfile,
  processHistory,
};

/** JSON of any shape, under the names that Gmail uses. */
const oddJson = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        "id",
        "messages",
        "message",
        "payload",
        "parts",
        "headers",
        "body",
        "size",
        "data",
        "labels",
      ),
      tie("any"),
    ),
    fc.dictionary(
      fc.constantFrom(
        "history",
        "historyId",
        "labelsAdded",
        "labelIds",
        "color",
        "internalDate",
        "raw",
        "name",
      ),
      tie("any"),
    ),
  ),
})).any;

test.each(Object.entries(processors))("%s never fails but with a GmailError", (_, process) => {
  fc.assert(
    fc.property(oddJson, fc.constantFrom(200, 400, 403, 404, 500), (data, status) => {
      try {
        process({ ...ok(data), status });
      } catch (error) {
        expect(error).toBeInstanceOf(GmailError);
      }
    }),
    { numRuns: 150 },
  );
});
