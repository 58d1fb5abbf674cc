import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message, MessagePart } from "../domain/mail.ts";
import type { ReadableMessage, TextBlock } from "../domain/readable-message.ts";
import { countRemote } from "../domain/remote-content.ts";
import { bodyPartsToLoad } from "./content.ts";
import { messageFrom, part } from "./fixtures/gmail-payload.ts";
import { violations } from "./fixtures/inspect-html.ts";
import { makeReadable } from "./readable.ts";

const fixture = (name: string) => messageFrom(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));
const message = async (payload: MessagePart, fields: Partial<Message> = {}) => ({
  ...(await messageFrom("")),
  payload,
  ...fields,
});
const codes = ({ problems }: ReadableMessage) => problems.map(({ code }) => code);

function text({ body }: ReadableMessage): string {
  const words = (block: TextBlock): string =>
    block.kind === "quote" ? block.blocks.map(words).join("\n") : block.runs.map((run) => run.text).join("");
  return body.kind === "none" ? "" : body.blocks.map(words).join("\n");
}

describe("a readable message", () => {
  it("in TIS-620 with encoded headers reads in Thai", async () => {
    const read = makeReadable(await fixture("thai-receipt.eml"));
    expect(read).toMatchObject({
      from: { name: "เมืองคิด", address: "kasir@warung.example" },
      to: [{ name: "Sari, Wulandari", address: "sari@example.org" }],
      subject: "ใบเสร็จ 42",
      date: new Date("2026-11-21T01:02:11Z"),
      problems: [],
    });
    expect(read.body).toMatchObject({
      kind: "text",
      blocks: [{ kind: "text" }, { kind: "quote", folded: false }, { kind: "text" }, { kind: "signature" }],
    });
    expect(text(read)).toMatch(/^สวัสดีครับ\nเมื่อวาน\nขอบคุณ/u);
  });

  it("from Outlook folds the older message and lists an invitation and a file under a safe name", async () => {
    const read = makeReadable(await fixture("outlook-reply.eml"));
    expect(read.sentBy).toEqual({ name: "Sekretariat", address: "office@example.org" });
    expect(read.attachments.map(({ filename, kind }) => [filename, kind])).toEqual([
      ["invitation.ics", "Calendar"],
      ["tagihanfdp.exe", "Program"],
    ]);
    expect(read.body.kind === "html" && read.body.html).toMatch(/besok\.<\/p>\s*<details class="quoted">/u);
    expect(read.body).toMatchObject({ blocks: [{ kind: "text" }, { kind: "quote", folded: true }] });
    expect(text(read)).not.toContain("Hidden");
  });

  it.each([
    ["Re: Trip", "In-Reply-To: <a@example.org>", true],
    ["Trip", "References: <a@example.org>", true],
    ["Re: Trip", "X-None: 1", true],
    ["Trip", "X-None: 1", false],
    ["FW: Trip", "In-Reply-To: <a@example.org>", false],
    ["[list] Fwd: Re: Trip", "References: <a@example.org>", false],
    ["=?utf-8?B?5Zue5aSN77yaVHJpcA==?=", "X-None: 1", true],
  ])("named %s with %s folds what it quotes: %s", async (subject, header, folds) => {
    const head = `From: b@example.org\r\nSubject: ${subject}\r\n${header}\r\n`;
    const said = "On Mon, Jun 1, 2026 at 9:12 AM Rara <rara@example.com> wrote:";
    const plain = makeReadable(
      await messageFrom(`${head}\r\nAt six in the morning.\r\n\r\n${said}\r\n> When do we leave?\r\n`),
    );
    expect(
      plain.body.kind === "text" && plain.body.blocks.some((block) => block.kind === "quote" && block.folded),
    ).toBe(folds);
    const markup = `<div class="gmail_quote"><div class="gmail_attr">${said}</div><blockquote class="gmail_quote">When?</blockquote></div>`;
    const rich = makeReadable(
      await messageFrom(`${head}Content-Type: text/html\r\n\r\n<p>At six in the morning.</p>${markup}`),
    );
    expect(rich.body.kind === "html" && rich.body.html.includes('<details class="quoted">')).toBe(folds);
  });

  it("of several long texts shows 100 kB in all, and says so once", async () => {
    const long = "word\n".repeat(14_000);
    const parts = ["0", "1", "2"].map((partId) => part({ partId, text: long }));
    const read = makeReadable(await message(part({ mimeType: "multipart/mixed", parts })));
    expect(text(read).length).toBeLessThanOrEqual(100_002);
    expect(read.problems).toEqual([{ code: "too-large", shownBytes: 100_000 }]);
  });

  it("that is a newsletter loads nothing, and says what it did not load", async () => {
    const read = makeReadable(await fixture("newsletter.eml"));
    expect(read).toMatchObject({
      from: { name: "Toko Kita" },
      to: [],
      problems: [{ code: "headers-doubled", names: ["from"] }],
      attachments: [{ filename: "logo.png", inline: true, contentId: "logo@toko" }],
      body: { kind: "html", hasOwnColors: true },
    });
    expect(countRemote(read.remoteContent)).toMatchObject({ images: 5, trackers: 2 });
    const html = read.body.kind === "html" ? read.body.html : "";
    expect(violations(html)).toEqual([]);
    expect(html).toContain('<img data-cid="logo@toko" alt="Logo" />');
  });

  it("takes HTML over text in whatever order, and keeps the text", async () => {
    const read = makeReadable(
      await message(
        part({
          mimeType: "multipart/alternative",
          parts: [
            part({ partId: "0", mimeType: "text/html", text: "<b>rich</b>" }),
            part({ partId: "1", text: "plain" }),
            part({ partId: "2", mimeType: "text/x-amp-html", text: "<html amp4email>" }),
          ],
        }),
      ),
    );
    expect(read.body).toMatchObject({ kind: "html", html: "<b>rich</b>" });
    expect(text(read)).toBe("plain");
    expect(read.attachments).toEqual([]);
  });

  it("puts the texts of a mixed message together, and attaches those that are named", async () => {
    const read = makeReadable(
      await message(
        part({
          mimeType: "multipart/mixed",
          parts: [
            part({ partId: "0", text: "one" }),
            part({ partId: "1", mimeType: "image/png", filename: "a.png" }),
            part({ partId: "2", text: "two" }),
            part({ partId: "3", text: "x", filename: "log.txt" }),
            part({ partId: "4", mimeType: "text/html", text: "<p>list footer" }),
          ],
        }),
      ),
    );
    expect(read.body.kind === "html" && read.body.html).toBe(
      '<div class="plain-text">one</div>\n<div class="plain-text">two</div>\n<p>list footer</p>',
    );
    expect(read.attachments.map(({ filename }) => filename)).toEqual(["a.png", "log.txt"]);
  });

  it("attaches a message under its subject, and does not read on into it", async () => {
    const inner = part({
      headers: [{ name: "Subject", value: "a/b: =?utf-8?Q?=E0=B8=81?=" }],
      text: "inner",
    });
    const read = makeReadable(
      await message(
        part({
          mimeType: "multipart/mixed",
          parts: [part({ text: "outer" }), part({ mimeType: "message/rfc822", parts: [inner] })],
        }),
      ),
    );
    expect(text(read)).toBe("outer");
    expect(read.attachments).toMatchObject([{ filename: "a_b_ ก.eml", kind: "Message" }]);
  });

  it("reads a bounce's delivery status, fetched apart", async () => {
    const status = part({
      partId: "1",
      mimeType: "message/delivery-status",
      body: { sizeBytes: 20, data: null, attachmentId: "A" },
    });
    const bounce = await message(
      part({ mimeType: "multipart/report", parts: [part({ partId: "0", text: "Not delivered" }), status] }),
    );
    expect(bodyPartsToLoad(bounce)).toEqual([{ partId: "1", attachmentId: "A", sizeBytes: 20 }]);
    expect(codes(makeReadable(bounce))).toEqual(["body-not-loaded"]);
    const read = makeReadable(bounce, { loaded: new Map([["1", Buffer.from("Status: 5.1.1")]]) });
    expect(text(read)).toBe("Not delivered\nStatus: 5.1.1");
    expect(read.problems).toEqual([]);
  });

  it.each([
    ["no-body", part({ mimeType: "application/pdf", filename: "a.pdf" })],
    ["no-body", part({ mimeType: "text/html", text: "<title>never closed <p>text" })],
    [
      "encrypted",
      part({ mimeType: "multipart/encrypted", parts: [part({ mimeType: "application/pgp-encrypted" })] }),
    ],
    ["encrypted", part({ mimeType: "application/pkcs7-mime", filename: "smime.p7m" })],
    ["encrypted", part({ text: "-----BEGIN PGP MESSAGE-----\n\nhQ" })],
    [
      "signed-opaque",
      part({
        mimeType: "application/x-pkcs7-mime",
        headers: [{ name: "Content-Type", value: "application/x-pkcs7-mime; smime-type=signed-data" }],
      }),
    ],
    ["partial", part({ mimeType: "message/partial" })],
    ["too-large", part({ text: "word\n".repeat(300_000) })],
    ["too-deep", part({ mimeType: "text/html", text: `text${"<b>".repeat(5_000)}` })],
    ["transfer-broken", part({ body: { sizeBytes: 1, data: "aGVsbG8*", attachmentId: null } })],
    [
      "headers-too-long",
      part({ text: "x", headers: [{ name: "To", value: "a@example.org,".repeat(80_000) }] }),
    ],
    [
      "charset-unknown",
      part({
        text: Buffer.from([0xe9]),
        headers: [{ name: "Content-Type", value: "text/plain; charset=x-nobody" }],
      }),
    ],
  ])("says %s", async (code, payload) => {
    expect(codes(makeReadable(await message(payload)))).toEqual([code]);
  });

  it("in HTML without a declared charset is read in the one its markup names", async () => {
    const bytes = Buffer.concat([
      Buffer.from('<meta http-equiv=x content="text/html; charset=koi8-r">'),
      Buffer.from([0xf0, 0xd2]),
    ]);
    expect(text(makeReadable(await message(part({ mimeType: "text/html", text: bytes }))))).toBe("Пр");
  });

  it("of any depth is read down to the hundredth level", async () => {
    let payload = part({ text: "deep" });
    for (let depth = 0; depth < 20_000; depth += 1) {
      payload = part({
        mimeType: "multipart/mixed",
        parts: [part({ text: depth > 19_900 ? "x" : "" }), payload],
      });
    }
    const read = makeReadable(await message(payload));
    expect(codes(read)).toEqual(["too-deep"]);
    expect(text(read)).not.toBe("");
  });

  it("tells when it was sent by the sender's own clock, and to whom without the others' knowledge", async () => {
    const dated = async (date: string) =>
      makeReadable(await messageFrom(`Date: ${date}\r\nBcc: Bo <bo@example.org>\r\n\r\nx`));
    const read = await dated("Fri, 27 Nov 2026 08:02:11 +0530");
    expect(read).toMatchObject({ dateOffsetMinutes: 330, bcc: [{ name: "Bo", address: "bo@example.org" }] });
    for (const [zone, minutes] of [
      ["-0800 (PST)", -480],
      ["EDT", -240],
      ["GMT", 0],
      ["+0000", 0],
      ["-0000", null],
      ["+9900", null],
      ["", null],
    ]) {
      expect((await dated(`Fri, 27 Nov 2026 08:02:11 ${zone}`)).dateOffsetMinutes).toBe(minutes);
    }
  });

  it("is read without throwing, whatever tree it is", async () => {
    const word = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom("cid:x", "<b>", "> q", ">> r", ">", "From: x", "Sent: y", "-- ", "=?utf-8?B?eA==?="),
    );
    const header = fc.record({
      name: fc.constantFrom(
        "From",
        "To",
        "Subject",
        "Date",
        "Content-Type",
        "Content-ID",
        "Content-Disposition",
        "Sender",
      ),
      value: fc.oneof(
        word,
        fc.constantFrom(
          "text/html; charset=__proto__",
          "multipart/related; start=<x>",
          "attachment; filename*=utf-8''%FF",
          "text/plain; format=flowed; delsp=yes",
        ),
      ),
    });
    const type = fc.constantFrom(
      "text/plain",
      "text/html",
      "multipart/mixed",
      "multipart/alternative",
      "multipart/related",
      "multipart/encrypted",
      "message/rfc822",
      "text/enriched",
      "application/pdf",
      "",
      "text",
      "constructor",
    );
    const { tree } = fc.letrec<{ tree: MessagePart }>((tie) => ({
      tree: fc.record({
        partId: fc.constantFrom("", "0", "0.1"),
        mimeType: type,
        filename: fc.oneof(fc.constant(""), word),
        headers: fc.array(header, { maxLength: 4 }),
        body: fc.record({
          sizeBytes: fc.nat(),
          data: fc.option(
            fc.oneof(
              fc.string(),
              fc.array(word).map((words) => Buffer.from(words.join("\n")).toString("base64url")),
            ),
          ),
          attachmentId: fc.option(word),
        }),
        parts: fc.oneof(
          { maxDepth: 4, withCrossShrink: true },
          fc.constant([]),
          fc.array(tie("tree"), { maxLength: 4 }),
        ),
      }),
    }));
    const base = await messageFrom("");
    fc.assert(
      fc.property(tree, word, (payload, snippet) => {
        const read = makeReadable({ ...base, payload, snippet });
        for (const { filename } of read.attachments)
          expect(filename).toMatch(/^[^\p{Cc}/\\\u202a-\u202e]+$/u);
        if (read.body.kind === "html") expect(violations(read.body.html)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
