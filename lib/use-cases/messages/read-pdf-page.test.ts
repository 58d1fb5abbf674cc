import { expect, it } from "vitest";
import { accountIdOf, messageIdOf } from "../../domain/ids.ts";
import { pdfOf } from "../../message/preview/pdf.fixture.ts";
import type { OpenedAttachment } from "./open-attachment.ts";
import { drawnPage } from "./read-pdf-page.ts";

const pages = 6;
const pdf = pdfOf(pages);

it("takes no more of an account's documents into memory than are drawn at the same time", async () => {
  const accountId = accountIdOf("5e0f1c1e-0000-4000-8000-000000000001");
  const messageId = messageIdOf("18c1");
  let [taken, mostTaken] = [0, 0];
  async function* bytes() {
    taken += 1;
    mostTaken = Math.max(mostTaken, taken);
    yield pdf;
  }
  const attachment = {
    filename: "report.pdf",
    mimeType: "application/pdf",
    kind: "PDF",
    sizeBytes: pdf.length,
  };
  const open = async () => ({ attachment, bytes: bytes() }) as unknown as OpenedAttachment;
  const drawn = await Promise.all(
    Array.from({ length: pages }, async (_, index) => {
      const address = { accountId, messageId, partName: "1", page: index + 1 };
      const page = await drawnPage(address, open, undefined);
      taken -= 1;
      return page?.words;
    }),
  );
  expect(drawn).toEqual(Array.from({ length: pages }, (_, index) => `Sheet ${index + 1}`));
  expect(mostTaken).toBeLessThanOrEqual(3);
});
