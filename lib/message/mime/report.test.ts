import { describe, expect, it } from "vitest";
import { readReport } from "./report.ts";

const delivery = (text: string) => readReport("message/delivery-status", text);

describe("a delivery report", () => {
  it("says of each recipient what became of the message", () => {
    expect(
      delivery(
        [
          "Reporting-MTA: dns; mx.example.org",
          "",
          "Final-Recipient: rfc822; <sari@example.com>",
          "Action: Failed",
          "Status: 5.0.0",
          "Diagnostic-Code: smtp; 552 5.2.2 Mailbox",
          " full",
          "",
          "",
          "Original-Recipient: rfc822;budi@example.com",
          "Action: delayed (will be tried again)",
          "Status: 4.4.1 (no answer)",
          "Will-Retry-Until: Sat, 28 Nov 2026 08:00:00 +0700",
        ].join("\r\n"),
      ),
    ).toMatchObject({
      kind: "delivery",
      recipients: [
        {
          recipient: "sari@example.com",
          action: "failed",
          status: "5.2.2",
          diagnostic: "552 5.2.2 Mailbox full",
          triedUntil: null,
        },
        {
          recipient: "budi@example.com",
          action: "delayed",
          status: "4.4.1",
          diagnostic: null,
          triedUntil: new Date("2026-11-28T01:00:00Z"),
        },
      ],
    });
  });

  it("without a line between its parts is understood all the same", () => {
    const field = (name: string) =>
      `Final-Recipient: rfc822; ${name}@example.com\nAction: failed\nStatus: 5.1.1\n`;
    expect(delivery(`Reporting-MTA: dns; a.b\n${field("one")}${field("two")}`)).toMatchObject({
      recipients: [{ recipient: "one@example.com" }, { recipient: "two@example.com" }],
    });
  });

  it("that names nobody is none", () => {
    for (const text of ["", "Status: 5.1.1", "Final-Recipient: rfc822; a@b.c\nAction: explodes"]) {
      expect(delivery(text)).toBeNull();
    }
  });
});

it("a read receipt says what was done", () => {
  const receipt = (disposition: string) =>
    readReport(
      "message/disposition-notification",
      `Reporting-UA: x\nFinal-Recipient: rfc822;sari@example.com\nDisposition: ${disposition}\n`,
    );
  expect(receipt("manual-action/MDN-sent-manually; displayed")).toMatchObject({
    kind: "receipt",
    recipient: "sari@example.com",
    disposition: "displayed",
  });
  expect(receipt("automatic-action/MDN-sent-automatically; deleted/error")).toMatchObject({
    disposition: "deleted",
  });
  expect(receipt("nonsense")).toBeNull();
});

it("a complaint says what it is about", () => {
  const complaint = (text: string) => readReport("message/feedback-report", text);
  expect(complaint("Feedback-Type: abuse\nVersion: 1")).toMatchObject({ kind: "complaint", about: "abuse" });
  expect(complaint("Feedback-Type: x-own")).toMatchObject({ about: "other" });
  expect(complaint("Version: 1")).toBeNull();
});
