import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message, MessagePart } from "../../domain/mail.ts";
import { bodyPartsToLoad } from "../content.ts";
import { envelopedData, messageInterface, signedData, tnef, wide } from "../fixtures/containers.ts";
import { messageFrom, part } from "../fixtures/gmail-payload.ts";
import { makeReadable } from "../readable.ts";
import { containedPart, containerOf, openContainers } from "./open-containers.ts";

const base = await messageFrom("");
const file = (mimeType: string, bytes: Buffer, filename = "smime.p7m", partId = "1"): MessagePart =>
  part({ partId, mimeType, filename, text: bytes });
const read = async (payload: MessagePart, loaded = new Map<string, Uint8Array>()) => {
  const message: Message = { ...base, payload };
  return makeReadable(await openContainers(message, loaded), { loaded });
};
const withText = (text: string, other: MessagePart) =>
  part({ mimeType: "multipart/mixed", parts: [part({ partId: "0", text }), other] });

const mail = "Content-Type: text/plain; charset=utf-8\r\n\r\nAkta sudah ditandatangani.\r\n";

describe("a message in an S/MIME signature", () => {
  it.each([
    ["typed", "application/pkcs7-mime", signedData(mail)],
    ["of the older type, in pieces", "application/x-pkcs7-mime", signedData(mail, true)],
    ["of no type", "application/octet-stream", signedData(mail)],
  ])("%s, is read, and that nobody checked it is said", async (_what, type, bytes) => {
    const message = await read(file(type, bytes, "smime.p7m", ""));
    expect(JSON.stringify(message.body)).toContain("Akta sudah ditandatangani.");
    expect(message.attachments).toMatchObject([{ partId: "", filename: "smime.p7m" }]);
    expect(message.problems).toEqual(
      type.includes("pkcs7") ? [{ code: "signature-unchecked", method: "smime" }] : [],
    );
  });

  it("is fetched where Gmail keeps it apart", async () => {
    const apart = part({
      mimeType: "application/pkcs7-mime",
      filename: "smime.p7m",
      body: { sizeBytes: 300, data: null, attachmentId: "A" },
    });
    expect(bodyPartsToLoad({ ...base, payload: apart })).toMatchObject([{ attachmentId: "A" }]);
    const message = await read(apart, new Map([["", signedData(mail)]]));
    expect(message.body.kind).toBe("text");
  });

  it("may bring files, which have names of their own", async () => {
    const inner = [
      'Content-Type: multipart/mixed; boundary="x"',
      "",
      "--x",
      "Content-Type: text/plain",
      "",
      "See the file.",
      "--x",
      'Content-Type: application/pdf; name="a.pdf"',
      "Content-Transfer-Encoding: base64",
      "",
      "JVBERg==",
      "--x--",
    ].join("\r\n");
    const container = file("application/pkcs7-mime", signedData(inner));
    const { attachments } = await read(container);
    expect(attachments).toMatchObject([{ partId: "1~0.1", filename: "a.pdf" }, { partId: "1" }]);
    expect(containerOf("1~0.1")).toBe("1");
    expect((await containedPart(container, signedData(inner), "1~0.1"))?.bytes).toEqual(Buffer.from("%PDF"));
    expect(await containedPart(container, signedData(inner), "1~0.7")).toBeNull();
  });

  it("is not taken for a message that is encrypted, nor the other way round", async () => {
    const encrypted = await read(file("application/pkcs7-mime", envelopedData()));
    expect(encrypted.problems).toEqual([{ code: "encrypted", method: "smime" }]);
    const broken = await read(
      part({
        mimeType: "application/pkcs7-mime",
        headers: [{ name: "Content-Type", value: "application/pkcs7-mime; smime-type=signed-data" }],
        text: "nothing",
      }),
    );
    expect(broken.problems).toEqual([{ code: "signed-opaque" }]);
  });
});

describe("Outlook's winmail.dat", () => {
  const html = Buffer.from("<p>Caf\xe9 <b>besok</b></p>", "latin1");
  const dat = tnef({
    properties: [
      [0x001f, 0x0037, wide("Rapat besok")],
      [0x0102, 0x1013, html],
    ],
    files: [
      {
        title: "LAPORA~1.PDF",
        bytes: Buffer.from("%PDF"),
        properties: [[0x001f, 0x3707, wide("Laporan Ü.pdf")]],
      },
      {
        title: "Forwarded",
        properties: [
          [
            0x000d,
            0x3701,
            Buffer.concat([
              messageInterface,
              tnef({
                properties: [
                  [0x001f, 0x0037, wide("Dari Sari")],
                  [0x001f, 0x1000, wide("Isi pesan lama")],
                ],
              }),
            ]),
          ],
        ],
      },
    ],
  });

  it("gives its text, its files and the messages in it", async () => {
    const message = await read(withText(" ", file("application/ms-tnef", dat, "winmail.dat")));
    expect(message.body).toMatchObject({ kind: "html" });
    expect(JSON.stringify(message.body)).toContain("Café");
    expect(message.attachments.map(({ partId, filename }) => [partId, filename])).toEqual([
      ["1~0.1", "Laporan Ü.pdf"],
      ["1", "winmail.dat"],
    ]);
    expect(message.enclosed).toMatchObject([{ subject: "Dari Sari", body: { kind: "text" } }]);
    expect(message.problems).toEqual([]);
  });

  it("does not say again what the message has said", async () => {
    const message = await read(withText("Café besok", file("application/ms-tnef", dat, "winmail.dat")));
    expect(message.body).toMatchObject({ kind: "text", blocks: [{ kind: "text" }] });
    expect(message.attachments).toHaveLength(2);
  });

  it("gives the words of RTF", async () => {
    const rtf = Buffer.from(
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 Caf\\'e9 besok\\par Pukul tiga}",
    );
    const packed = Buffer.concat([Buffer.alloc(4), Buffer.alloc(12), rtf]);
    packed.writeUInt32LE(rtf.length, 4);
    packed.writeUInt32LE(0x414c454d, 8);
    const message = await read(
      file("application/ms-tnef", tnef({ properties: [[0x0102, 0x1009, packed]] }), "winmail.dat"),
    );
    expect(JSON.stringify(message.body)).toContain("Café besok\\nPukul tiga");
  });

  it("that does not open is said to be one", async () => {
    const message = await read(
      withText("Text", file("application/ms-tnef", Buffer.from("x"), "winmail.dat")),
    );
    expect(message.problems).toEqual([{ code: "tnef-unopened" }]);
  });

  it("and signatures, whatever their bytes, never throw and end soon", { timeout: 120_000 }, async () => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(dat, signedData(mail)),
        fc.array(change, { maxLength: 8 }),
        fc.nat(),
        async (source, changes, length) => {
          const bytes = Buffer.from(source);
          for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
          const cut = bytes.subarray(0, length % (bytes.length + 1));
          for (const type of ["application/ms-tnef", "application/pkcs7-mime"]) {
            expect(typeof (await read(file(type, cut))).snippet).toBe("string");
          }
        },
      ),
    );
  });
});

describe("a message within a message", () => {
  const inner = "From: Sari <sari@example.org>\r\nSubject: Dalam\r\n\r\nIsi dalam.\r\n";

  it("is read where Gmail has opened it, and where it stands in an encoding", async () => {
    const opened = part({
      partId: "1",
      mimeType: "message/rfc822",
      parts: [part({ partId: "1.0", text: "Isi dalam.", headers: [{ name: "Subject", value: "Dalam" }] })],
    });
    for (const other of [
      opened,
      file("message/rfc822", Buffer.from(inner), ""),
      file("message/rfc822", Buffer.from(Buffer.from(inner).toString("base64")), ""),
    ]) {
      const message = await read(withText("Luar", other));
      expect(message.enclosed).toMatchObject([{ subject: "Dalam", partId: "1", body: { kind: "text" } }]);
      expect(JSON.stringify(message.enclosed[0]?.body)).toContain("Isi dalam.");
      expect(message.attachments).toMatchObject([{ filename: "Dalam.eml" }]);
    }
  });

  it("of a digest is listed, though all have one name and one size", async () => {
    const one = (at: number) =>
      part({
        partId: `${at}`,
        mimeType: "message/rfc822",
        body: { sizeBytes: 40, data: null, attachmentId: `A${at}` },
        parts: [part({ partId: `${at}.0`, text: `Isi ${at}` })],
      });
    const { attachments } = await read(part({ mimeType: "multipart/digest", parts: [one(0), one(1)] }));
    expect(attachments.map(({ partId }) => partId)).toEqual(["0", "1"]);
  });

  it("is read where only its name says that it is one, and stays a file as well", async () => {
    const saved = "Subject: Saved\r\nFrom: a@example.org\r\n\r\nKept words.\r\n";
    const message = await read(
      withText("Luar", file("application/octet-stream", Buffer.from(saved), "saved.eml")),
    );
    expect(JSON.stringify(message.body)).not.toContain("Kept words.");
    expect(message.enclosed).toMatchObject([{ subject: "Saved", from: { address: "a@example.org" } }]);
    expect(JSON.stringify(message.enclosed)).toContain("Kept words.");
    expect(message.attachments).toMatchObject([{ filename: "saved.eml", kind: "Message" }]);
  });

  it("of which there are only headers, has those", async () => {
    const message = await read(
      withText("Luar", file("text/rfc822-headers", Buffer.from(inner.split("\r\n\r\n")[0] ?? ""), "")),
    );
    expect(message.enclosed).toMatchObject([
      { subject: "Dalam", from: { address: "sari@example.org" }, body: { kind: "none" }, problems: [] },
    ]);
  });

  it("stays a file when it is the sixth within the first", async () => {
    let mailWithin = inner;
    for (let depth = 0; depth < 9; depth += 1) {
      mailWithin = `Subject: ${depth}\r\nContent-Type: message/rfc822\r\n\r\n${mailWithin}`;
    }
    let depth = 0;
    let [message] = (await read(file("message/rfc822", Buffer.from(mailWithin), "", ""))).enclosed;
    for (; message !== undefined; [message] = message.enclosed) depth += 1;
    expect(depth).toBe(5);
  });
});
