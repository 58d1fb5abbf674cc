/** Pictures that browsers show and that carry nothing else, neither scripts nor addresses: by how their bytes begin. */
const signatures: readonly (readonly [type: string, isOne: (head: string) => boolean])[] = [
  ["image/png", (head) => head.startsWith("\u0089PNG\r\n\u001a\n")],
  ["image/jpeg", (head) => head.startsWith("\u00ff\u00d8\u00ff")],
  ["image/gif", (head) => /^GIF8[79]a/u.test(head)],
  ["image/webp", (head) => /^RIFF[\s\S]{4}WEBPVP8/u.test(head)],
  ["image/avif", (head) => isAvif(head)],
];

/**
 * The type of a picture by its first bytes, whatever its server calls it; null for everything else, SVG and HTML among it.
 * @see https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
 */
export function pictureType(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  return signatures.find(([, isOne]) => isOne(head))?.[0] ?? null;
}

/** A box of type `ftyp` whose brands name AVIF. @see https://aomediacodec.github.io/av1-avif/#brands */
function isAvif(head: string): boolean {
  if (head.slice(4, 8) !== "ftyp") return false;
  const length = Buffer.from(head.slice(0, 4), "latin1").readUInt32BE();
  const brands = head.slice(8, length).match(/[\s\S]{4}/gu) ?? [];
  return brands.some((brand, index) => index !== 1 && /^avi[fs]$/u.test(brand));
}
