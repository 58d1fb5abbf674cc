import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { GmailError } from "./gmail-error.ts";
import { processHistory } from "./process-history.ts";
import { processLabelCounts, processLabels } from "./process-labels.ts";
import { processAttachment, processMessage } from "./process-message.ts";
import { processMessageIds } from "./process-message-ids.ts";
import { processProfile } from "./process-profile.ts";
import type { WireAnswer } from "./read-answer.ts";
import { systemLabels } from "./system-labels.ts";

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

  it("needs nothing but its id and a payload", () => {
    expect(processMessage(ok({ id: "m1", payload: {} }))).toMatchObject({
      threadId: "m1",
      labelIds: [],
      snippet: "",
      internalDateMs: 0,
      payload: { mimeType: "", headers: [], parts: [], body: { sizeBytes: 0, data: null } },
    });
  });

  it.each<[string, object]>([
    ["no id", { payload: {} }],
    ["no payload", { id: "m1" }],
    ["a payload that is none", { id: "m1", payload: [] }],
    ["labels that are none", { id: "m1", payload: {}, labelIds: "INBOX" }],
    ["a label that is none", { id: "m1", payload: {}, labelIds: ["INBOX", null] }],
  ])("with %s is not one: it would be kept", (_, json) => {
    expect(() => processMessage(ok(json))).toThrow(malformed);
  });

  test.each([["soon"], ["-5"], ["1e9"], ["99999999999999999999"], ["8640000000000001"], [Number.NaN], [{}]])(
    "has no internal date when it says %j",
    (internalDate) => {
      expect(processMessage(ok({ id: "m1", payload: {}, internalDate })).internalDateMs).toBe(0);
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
    expect(() => processMessageIds(ok({ messages: null }))).toThrow(malformed);
    expect(() => processMessageIds(ok({ messages: [{ id: "m1" }, null] }))).toThrow(malformed);
    expect(() => processMessageIds(ok({ messages: [{ id: "m1" }], nextPageToken: 5 }))).toThrow(malformed);
  });

  it("gives a message once that Google names twice", () => {
    const messages = [{ id: "m1" }, { id: "m2" }, { id: "m1" }];
    expect(processMessageIds(ok({ messages })).ids.map(({ id }) => id)).toEqual(["m1", "m2"]);
  });
});

it("reads labels with their colours, and tells the hidden ones", () => {
  const color = { backgroundColor: "#000000", textColor: "#ffffff" };
  const system = systemLabels.map((id) => ({ id, name: id, type: "system" }));
  const own = { id: "Label_1", name: "Work/Bills", type: "user", color, labelListVisibility: "labelHide" };
  expect(processLabels(ok({ labels: [...system, own] }))).toEqual([
    ...system.map((label) => ({ ...label, color: null, hiddenInList: false })),
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
      labelsRemoved: [{ message, labelIds: ["UNREAD"] }],
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

it.each<[string, object]>([
  ["no history id", { history: [] }],
  ["records that are no list", { historyId: "15", history: {} }],
  ["a record that is none", { historyId: "15", history: [null] }],
  [
    "a change without a message",
    { historyId: "15", history: [{ labelsRemoved: [{ labelIds: ["INBOX"] }] }] },
  ],
  [
    "changes that are no list",
    { historyId: "15", history: [{ messagesDeleted: { message: { id: "m1" } } }] },
  ],
  ["a page token that is none", { historyId: "15", nextPageToken: {} }],
])("refuses a history with %s: what is passed over is never told again", (_, json) => {
  expect(() => processHistory(ok(json))).toThrow(malformed);
});

it("refuses a profile that does not say how many messages there are", () => {
  const profile = { emailAddress: "maya@example.org", historyId: "15" };
  expect(() => processProfile(ok(profile))).toThrow(malformed);
  expect(processProfile(ok({ ...profile, messagesTotal: 0 })).messagesTotal).toBe(0);
});

it("says that nothing changed when Google leaves the history out", () => {
  expect(processHistory(ok({ historyId: "15" })).records).toEqual([]);
});

const processors = {
  processMessage,
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
