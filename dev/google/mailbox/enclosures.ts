import { crc32, deflateSync } from "node:zlib";
import { between, randomFrom, seedOf } from "../random.ts";
import type { Enclosure } from "./letter.ts";

/** The bytes of an enclosure: the given ones, or a small valid file of its type. */
export function enclosureBytes(enclosure: Enclosure): Buffer {
  if (enclosure.contentBase64 !== undefined) return Buffer.from(enclosure.contentBase64, "base64");
  const { filename, mimeType } = enclosure;
  if (mimeType === "application/pdf") return pdf(filename);
  if (mimeType === "image/png") return png(filename);
  if (mimeType.startsWith("text/")) return rows(filename);
  return zip(filename);
}

/** One page with the file's name on it. */
function pdf(title: string): Buffer {
  const text = title.replace(/[^\x20-\x7e]/g, "?").replace(/[()\\]/g, "");
  const stream = `BT /F1 18 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let document = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = document.length;
    document += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = document.length;
  document += `xref\n0 6\n0000000000 65535 f \n${offsets.join("")}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(document, "latin1");
}

const landscapes = new Map<number, Buffer>();

/** A landscape of a few hills: one of some dozens, each drawn once. */
function png(name: string): Buffer {
  const which = seedOf(name) % 48;
  const drawn = landscapes.get(which) ?? landscape(which);
  landscapes.set(which, drawn);
  return drawn;
}

function landscape(seed: number): Buffer {
  const random = randomFrom(seed);
  const [width, height, hue, phase] = [160, 100, between(random, 60, 190), random() * 6];
  const pixels = Buffer.alloc(height * (width * 3 + 1));
  for (let x = 0; x < width; x += 1) {
    const ridge = 50 + 14 * Math.sin(x / 21 + phase) + 6 * Math.sin(x / 7 + phase * 2);
    for (let y = 0; y < height; y += 1) {
      const [above, at] = [y < ridge, y * (width * 3 + 1) + 1 + x * 3];
      pixels[at] = Math.round(above ? 225 - y : hue - 40);
      pixels[at + 1] = Math.round(above ? 215 - y : hue - (y - ridge) / 3);
      pixels[at + 2] = above ? 200 : 70;
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", size),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function rows(name: string): Buffer {
  const random = randomFrom(seedOf(name));
  const lines = Array.from(
    { length: 24 },
    (_, row) => `${row + 1},item ${row + 1},${between(random, 1, 90) * 500}`,
  );
  return Buffer.from(`no,item,amount\n${lines.join("\n")}\n`);
}

/** A stored (uncompressed) archive with one text in it; also stands in for office documents, which are archives. */
function zip(name: string): Buffer {
  const [entry, content] = [Buffer.from("contents.txt"), Buffer.from(`${name}\n`.repeat(40))];
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x5821, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(entry.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, entry, content]);
  const central = Buffer.concat([
    Buffer.from("PK\x01\x02\x14\x00", "latin1"),
    common,
    Buffer.alloc(14),
    entry,
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
