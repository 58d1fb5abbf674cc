/**
 * Reads real mail and known attacks, where LATCHKEY_CORPUS names a directory of them (`eml/*.eml` and `xss.json`). They
 * are not part of the repository; without them only our own fixtures are read, and the sum of tests has one skipped.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReadableMessage } from "../domain/readable-message.ts";
import { openContainers } from "./containers/open-containers.ts";
import { bodyPartsToLoad } from "./content.ts";
import { answer } from "./fixtures/answer.ts";
import { cpuMs } from "./fixtures/cpu-time.ts";
import { mailFrom, messageFrom } from "./fixtures/gmail-payload.ts";
import { hostileHtml } from "./fixtures/hostile-html.ts";
import { ruleViolations, violations } from "./fixtures/inspect-html.ts";
import { frameDocument } from "./frame.ts";
import { finishHtml } from "./html/finish-html.ts";
import { sanitize } from "./html/sanitize.ts";
import { makeReadable } from "./readable.ts";

const own = join(import.meta.dirname, "fixtures");
const corpus = process.env.LATCHKEY_CORPUS;

async function readFile(file: string): Promise<ReadableMessage> {
  const { message, bytes } = await mailFrom(readFileSync(file));
  const loaded = new Map(
    bodyPartsToLoad(message).map(({ partId }) => [partId, bytes.get(partId) ?? Buffer.alloc(0)]),
  );
  return makeReadable(await openContainers(message, loaded), { loaded });
}

async function expectReadable(file: string): Promise<void> {
  const message = await messageFrom(readFileSync(file));
  const read = makeReadable(message);
  expect(cpuMs(() => makeReadable(message))).toBeLessThan(1_000);
  for (const { filename } of read.attachments) expect(filename).toMatch(/^[^\p{Cc}/\\\u202a-\u202e]+$/u);
  if (read.body.kind === "html")
    expect([...violations(read.body.html), ...ruleViolations(read.body.css)]).toEqual([]);
  const saysSomething = read.body.kind !== "none" || read.report !== null || read.enclosed.length > 0;
  if (!saysSomething) expect(read.problems).not.toEqual([]);
}

function words(read: ReadableMessage): string {
  return JSON.stringify([read.body.kind === "none" ? [] : read.body.blocks, read.enclosed]);
}

describe("our own fixtures", () => {
  it.each(readdirSync(own).filter((file) => file.endsWith(".eml")))("%s is read", async (file) => {
    await expectReadable(join(own, file));
    expect(words(await readFile(join(own, file)))).not.toContain("\ufffd");
  });

  it.each(hostileHtml)("%s is harmless in the frame", (html) => {
    const sanitized = sanitize(html);
    const body = { ...sanitized, pictures: [], html: finishHtml(sanitized.html, answer).html };
    const frame = frameDocument(body, {
      inlineImages: new Map(),
      remoteImages: new Map(),
      linkNote: () => "",
      colors: "adapted",
      quotedText: "Quoted text",
    });
    expect(frame.match(/<script|<iframe|<form|<base|http-equiv/giu)).toBeNull();
  });
});

// A corpus that was named and is not there fails the run: nobody should believe that it was read.
if (corpus) {
  const files = readdirSync(join(corpus, "eml")).filter((file) => file.endsWith(".eml"));
  const vectors = JSON.parse(readFileSync(join(corpus, "xss.json"), "utf8")) as {
    id: string;
    html: string;
  }[];
  const starting = (prefix: string) =>
    join(corpus, "eml", files.find((file) => file.startsWith(prefix)) ?? prefix);
  /** Their bytes or raw headers are broken in the message itself: there is nothing to decode them to. */
  const broken = /^(?:0057|0058|0059|0134|0233|0292)-/u;

  describe("the corpus of real mail", () => {
    it.each(files)("%s is read", async (file) => {
      await expectReadable(starting(file));
    });

    it.each(files.filter((file) => !broken.test(file)))("%s decodes without a gap", async (file) => {
      const read = await readFile(starting(file));
      expect(words(read) + JSON.stringify([read.subject, read.from, read.to])).not.toContain("\ufffd");
    });

    it.each([
      [
        "0038",
        "Japanese in ISO-2022-JP",
        { subject: "日本語メールテスト (testing Japanese emails)" },
        "送れているか",
      ],
      [
        "0313",
        "Japanese from another program",
        { subject: "学校技術員研修検討会報告" },
        "学校技術員研修検討会報告",
      ],
      ["0314", "Hebrew in iso-8859-8-i", {}, "שלום עולם"],
      ["0283", "windows-1257", {}, "ÕÄÖÜ"],
      ["0290", "windows-1257 under another name", {}, "ÕÄÖÜ"],
      ["0232", "flowed text with delsp", {}, "FooBarBaz"],
      ["0056", "koi8-r", {}, "шостий"],
      ["0269", "a file name by RFC 2231", { attachments: [{ filename: "ÕÄÖÜ.txt" }] }, ""],
      ["0276", "a file name with semicolons", { attachments: [{ filename: "hello;world;test.txt" }] }, ""],
      ["0293", "a name in gb2312", { from: { name: "游采樺", address: "user@ldkf.com.tw" } }, "Body"],
      ["0225", "no address made from an encoded word", { from: { address: "" } }, "test"],
      ["0092", "S/MIME", { problems: [{ code: "encrypted", method: "smime" }] }, ""],
      ["0087", "richtext", {}, "Nathaniel"],
      [
        "0005",
        "a bounce",
        { attachments: [{ kind: "Message" }] },
        "An error occurred while trying to deliver",
      ],
    ])("%s: %s", async (prefix, _what, expected, text) => {
      const read = await readFile(starting(`${prefix}-`));
      expect(read).toMatchObject(expected);
      expect(words(read)).toContain(text);
    });
  });

  describe("the corpus of attacks", () => {
    it.each(vectors)("$id is harmless", async ({ html }) => {
      expect(violations(finishHtml(sanitize(html).html, answer).html)).toEqual([]);
      const read = makeReadable(await messageFrom(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`));
      if (read.body.kind === "html")
        expect([...violations(read.body.html), ...ruleViolations(read.body.css)]).toEqual([]);
    });
  });
} else {
  describe.skip("the corpus of real mail and of attacks (not named: set LATCHKEY_CORPUS)", () => {
    it("is read", () => {});
  });
}
