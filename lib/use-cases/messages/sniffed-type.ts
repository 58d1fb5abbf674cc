import { fileTypeFromBuffer } from "file-type";

/** As many bytes as tell what a file is. */
export const sniffedBytes = 4_100;

/** What a browser shows in place. SVG is not among them, nor is anything else that can carry scripts. */
const pictures = ["image/png", "image/apng", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/** What a browser plays in place, and the names it knows it by. */
const sounds: Readonly<Record<string, string>> = {
  "audio/mpeg": "audio/mpeg",
  "audio/mp4": "audio/mp4",
  "audio/x-m4a": "audio/mp4",
  "audio/aac": "audio/aac",
  "audio/ogg": "audio/ogg",
  "audio/ogg; codecs=opus": "audio/ogg",
  "audio/wav": "audio/wav",
  "audio/flac": "audio/flac",
};

export interface SniffedType {
  readonly kind: "picture" | "sound";
  /** A type that is safe to serve these bytes as. */
  readonly type: string;
}

/** What a file is by its first bytes, whatever its name and its sender say; null for all that is only to be saved. */
export async function sniffedType(head: Uint8Array): Promise<SniffedType | null> {
  const type = (await fileTypeFromBuffer(head))?.mime;
  if (type === undefined) return null;
  if (pictures.includes(type)) return { kind: "picture", type };
  const sound = sounds[type];
  return sound === undefined ? null : { kind: "sound", type: sound };
}
