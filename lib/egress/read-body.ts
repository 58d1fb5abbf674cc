import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { EgressError } from "./egress-error.ts";

/** Bytes that all answers together may hold in memory while they come in. */
const budget = { leftBytes: 64_000_000 };

/** What is packed tighter is not sent to be looked at: honest texts are packed to a tenth, to a hundredth at most. */
const tightest = 200;
/** Below this, any ratio will do. */
const looseBytes = 262_144;

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export interface Packed {
  readonly body: Readable;
  /** The `Content-Encoding` header. */
  readonly encoding: string;
  readonly host: string;
}

/**
 * A body, unpacked; nothing beyond `mostBytes` of it is taken from the network or unpacked.
 * @throws EgressError too-large, malformed, busy; what the body gives as its error
 */
export async function readBody({ body, encoding, host }: Packed, mostBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let [packed, size] = [0, 0];
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      packed += chunk.length;
      done(packed > mostBytes ? new EgressError("too-large", host) : null, chunk);
    },
  });
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length;
      const isBomb = size > looseBytes && size > packed * tightest;
      if (size > mostBytes || isBomb) throw new EgressError("too-large", host);
      if (chunk.length > budget.leftBytes) throw new EgressError("busy", host);
      budget.leftBytes -= chunk.length;
      chunks.push(chunk);
    }
  };
  const name = encoding.trim().toLowerCase();
  const unpack = unpackers[name];
  if (!unpack && name !== "" && name !== "identity") throw new EgressError("malformed", host);
  try {
    if (unpack) await pipeline(body, count, unpack(), collect);
    else await pipeline(body, count, collect);
    return Buffer.concat(chunks);
  } catch (error) {
    const isBroken =
      error instanceof Error && "code" in error && /^(?:Z_|ERR__?ERROR_|ERR_BR)/u.test(String(error.code));
    throw isBroken ? new EgressError("malformed", host, { cause: error }) : error;
  } finally {
    budget.leftBytes += chunks.reduce((sum, { length }) => sum + length, 0);
    body.destroy();
  }
}
