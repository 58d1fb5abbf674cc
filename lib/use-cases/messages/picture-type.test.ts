import { describe, expect, it } from "vitest";
import { pictureType } from "./picture-type.ts";

const bytes = (latin1: string) => Buffer.from(latin1.padEnd(80, "\0"), "latin1");

describe("what a picture is", () => {
  it.each([
    ["image/png", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"],
    ["image/jpeg", "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF"],
    ["image/gif", "GIF89a"],
    ["image/gif", "GIF87a"],
    ["image/webp", "RIFF\u0024\0\0\0WEBPVP8 "],
    ["image/avif", "\0\0\0\u001cftypavif\0\0\0\0avifmif1miaf"],
    ["image/avif", "\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf"],
  ])("is told by its bytes: %s", (type, head) => {
    expect(pictureType(bytes(head))).toBe(type);
  });

  it.each([
    ["markup", "<!doctype html><script>"],
    ["a drawing", '<svg xmlns="http://www.w3.org/2000/svg">'],
    ["a drawing after a mark", "\u00ef\u00bb\u00bf<svg>"],
    ["a document", "%PDF-1.7"],
    ["a film", "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom"],
    ["HEIC", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic"],
    ["sound", "RIFF\u0024\0\0\0WAVEfmt "],
    ["a bitmap", "BM"],
    ["text", "GIF8 is a format"],
    ["nothing", ""],
  ])("is none for %s", (_, head) => {
    expect(pictureType(bytes(head))).toBeNull();
  });

  it("is none for no bytes at all", () => {
    expect(pictureType(new Uint8Array())).toBeNull();
  });
});
