import { decode } from "fast-png";
import { expect, it } from "vitest";
import { NotReadError } from "../worker/not-read-error.ts";
import { pdfPageWithoutBlocking } from "../worker/reading-pool.ts";
import { pdfBomb, pdfOf } from "./pdf.fixture.ts";

it("draws a page, and reads its words, in a thread of its own", async () => {
  const drawn = await pdfPageWithoutBlocking({ bytes: pdfOf(2), page: 2 });
  expect(drawn).toMatchObject({ pages: 2, width: 1_400, words: "Sheet 2" });
  const { data, width } = decode(drawn?.png ?? new Uint8Array());
  const at = (x: number, y: number) => [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3)];
  expect(at(300, 400)).toEqual([255, 0, 0]);
  expect(at(1_300, 1_900)).toEqual([255, 255, 255]);
});

it("draws no page that is not there, nothing that is no PDF, and none larger than a screen", async () => {
  expect(await pdfPageWithoutBlocking({ bytes: pdfOf(1), page: 2 })).toBeNull();
  expect(await pdfPageWithoutBlocking({ bytes: Buffer.from("%PDF-1.4 nonsense"), page: 1 })).toBeNull();
  const tall = await pdfPageWithoutBlocking({ bytes: pdfOf(1, "[0 0 10 14400]"), page: 1 });
  expect(tall?.height).toBeLessThanOrEqual(4_000);
});

it("gives up a document that takes more memory than it may, and draws the next one", {
  timeout: 60_000,
}, async () => {
  const before = process.memoryUsage.rss();
  const bomb = pdfPageWithoutBlocking({ bytes: pdfBomb(), page: 1 });
  await expect(bomb).rejects.toThrow(NotReadError);
  expect(process.memoryUsage.rss() - before).toBeLessThan(1_000_000_000);
  expect(await pdfPageWithoutBlocking({ bytes: pdfOf(1), page: 1 })).toMatchObject({ words: "Sheet 1" });
});
