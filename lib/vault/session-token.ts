import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, which only the browser's cookie keeps. */
export const makeSessionToken = (): string => randomBytes(32).toString("base64url");

/** What is stored of it. The token has full entropy, so one plain hash is enough. */
export const hashSessionToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());
