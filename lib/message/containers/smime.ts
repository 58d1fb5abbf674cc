/**
 * What stands in an S/MIME part: a message in a signature, which anybody may read, or one that only its recipient's key opens.
 * @see https://www.rfc-editor.org/rfc/rfc8551 §3
 * @see https://www.rfc-editor.org/rfc/rfc5652 §5 (SignedData), §6 (EnvelopedData)
 * @see https://www.rfc-editor.org/rfc/rfc3274 (CompressedData)
 */

import { inflateSync } from "node:zlib";
import { type BaseBlock, Constructed, fromBER, ObjectIdentifier, OctetString, Sequence } from "asn1js";

export type SmimeType = "signed-data" | "certs-only" | "enveloped-data" | "compressed-data";

export interface SmimeContent {
  /** What it is, whatever its message calls it. */
  readonly type: SmimeType;
  /** The message within; null where there is none, or none that can be read without a key. */
  readonly content: Uint8Array | null;
}

const signedData = "1.2.840.113549.1.7.2";
const compressedData = "1.2.840.113549.1.9.16.1.9";
/** Enveloped data, and that which is authenticated as well. */
const needKeys = new Set(["1.2.840.113549.1.7.3", "1.2.840.113549.1.9.16.1.23"]);
/** What is unpacked is no longer than this. */
const unpackedLimitBytes = 20_000_000;

/** Looks into the bytes of an `application/pkcs7-mime` part; null where they are none. No signature is checked. */
export function smimeContent(bytes: Uint8Array): SmimeContent | null {
  try {
    const [type, wrapped] = children(fromBER(bytes).result);
    const oid = type instanceof ObjectIdentifier ? type.valueBlock.toString() : "";
    if (needKeys.has(oid)) return { type: "enveloped-data", content: null };
    const encapsulated = children(children(wrapped)[0]).find(
      (block) =>
        block instanceof Sequence && children(block)[0] instanceof ObjectIdentifier && hasContent(oid, block),
    );
    const content = encapsulated === undefined ? null : octetsOf(children(encapsulated)[1]);
    if (oid === signedData) {
      return content === null ? { type: "certs-only", content } : { type: "signed-data", content };
    }
    if (oid !== compressedData || content === null) return null;
    return {
      type: "compressed-data",
      content: inflateSync(content, { maxOutputLength: unpackedLimitBytes }),
    };
  } catch {
    // Not what it says that it is: it is listed as a file, and nothing is claimed about it.
    return null;
  }
}

/** CompressedData names its algorithm by an identifier too, without content. */
const hasContent = (oid: string, block: BaseBlock) => oid === signedData || children(block).length > 1;

function children(block: BaseBlock | undefined): readonly BaseBlock[] {
  return block instanceof Constructed ? (block.valueBlock.value as BaseBlock[]) : [];
}

/** An OCTET STRING in one piece or in several, within its tag. */
function octetsOf(tagged: BaseBlock | undefined): Uint8Array | null {
  const [octets] = children(tagged);
  return octets instanceof OctetString ? new Uint8Array(octets.getValue()) : null;
}
