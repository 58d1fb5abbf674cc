import { describe, expect, it } from "vitest";
import type { LabelId, Message, MessagePart } from "../domain/mail.ts";
import { cpuMs } from "./fixtures/cpu-time.ts";
import { messageFrom, part } from "./fixtures/gmail-payload.ts";
import { metadataOf, summarize } from "./summary.ts";

const base = await messageFrom("Subject: Hi\r\nFrom: Sari <sari@example.org>\r\nTo: a@example.org\r\n\r\nx");
const withParts = (...parts: MessagePart[]): Message => ({
  ...base,
  payload: part({ mimeType: "multipart/mixed", parts }),
});

describe("a message in the list", () => {
  it("is told from its headers, labels and snippet", () => {
    const labelIds = ["UNREAD", "STARRED", "INBOX"] as LabelId[];
    expect(summarize({ ...base, labelIds, snippet: "Tom &amp; I \u200c\u034f \u200c\u034f&#39;s" })).toEqual({
      id: base.id,
      threadId: base.threadId,
      labelIds,
      from: { name: "Sari", address: "sari@example.org" },
      to: [{ name: null, address: "a@example.org" }],
      subject: "Hi",
      snippet: "Tom & I 's",
      unread: true,
      starred: true,
      draft: false,
      hasAttachment: false,
      internalDateMs: base.internalDateMs,
      sizeBytes: base.sizeBytes,
    });
  });

  it("has all its authors, where they are several", () => {
    const two = "Ayu Puspita <ayu@example.org>, Bima Sakti <bima@example.net>";
    const summary = summarize({ ...base, payload: part({ headers: [{ name: "From", value: two }] }) });
    expect(summary.from?.address).toBe("ayu@example.org");
    expect(summary.authors?.map(({ name }) => name)).toEqual(["Ayu Puspita", "Bima Sakti"]);
    expect(
      metadataOf({ ...base, payload: part({ headers: [{ name: "From", value: two }] }) }).authors,
    ).toHaveLength(2);
  });

  it("has an attachment when a part is a file, not when it is a picture in the text", () => {
    const inline = [{ name: "Content-ID", value: "<x>" }];
    expect(summarize(withParts(part({ filename: "a.pdf", mimeType: "application/pdf" }))).hasAttachment).toBe(
      true,
    );
    expect(
      summarize(withParts(part({ filename: "a.png", mimeType: "image/png", headers: inline }))).hasAttachment,
    ).toBe(false);
    expect(
      summarize(withParts(part({ filename: "s.p7s", mimeType: "application/pkcs7-signature" })))
        .hasAttachment,
    ).toBe(false);
    expect(summarize(withParts()).hasAttachment).toBe(true);
  });

  it("has no subject and no sender when the headers name none", () => {
    expect(summarize({ ...base, payload: part({}) })).toMatchObject({ subject: null, from: null, to: [] });
  });

  it("takes a tenth of a millisecond", () => {
    for (let warm = 0; warm < 20; warm += 1) summarize(base);
    const cost = cpuMs(() => {
      for (let row = 0; row < 50; row += 1) summarize(base);
    });
    // The promise is 5 ms for 50 rows; the margin is for a slow machine.
    expect(cost).toBeLessThan(25);
  });
});
