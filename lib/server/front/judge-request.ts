/** Judges a request by its first line and its headers: whether the application can answer it at all. */
import type { IncomingHttpHeaders } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import type { RefusalStatus } from "../../i18n/refusal-words.ts";

export interface RequestHead {
  readonly method: string;
  /** The request's target as it was sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export const allowedMethods = ["GET", "HEAD", "POST"];

/**
 * The longest body of a form or server action, in bytes. The longest text that anybody may write is a reason of 500
 * characters.
 */
const longestBody = 16 * 1024;
/** The longest body of a Pub/Sub notification, in bytes: a token of a few kB beside 100 bytes of data. */
const longestPush = 20 * 1024;

/** The longest body that is taken for this target, in bytes. */
export const bodyLimit = (target: string): number =>
  target.split("?")[0] === "/api/google/push" ? longestPush : longestBody;

/** Null for a request that may go on. @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
export function judgeRequest({ method, target, headers }: RequestHead): RefusalStatus | null {
  if (!allowedMethods.includes(method)) return 405;
  if (!isReadableTarget(target) || !isReadableHost(headers.host)) return 400;
  // Each would be an internal error of Next's, with a stack in the log.
  if (!isReadableRouterState(headers["next-router-state-tree"])) return 400;
  if (isNextsOwn(target)) return 404;
  return judgeBody(target, headers);
}

/** Judges a body by its headers, before any of it is read. */
function judgeBody(target: string, headers: IncomingHttpHeaders): RefusalStatus | null {
  if (Number(headers["content-length"] ?? 0) > bodyLimit(target)) return 413;
  const encoding = headers["transfer-encoding"];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== "chunked") return 400;
  // Nothing here decompresses a body, so a small one stays small.
  return ["identity", ""].includes(headers["content-encoding"] ?? "") ? null : 400;
}

/** A path of this server whose escapes are whole UTF-8, without characters that no address of ours has. */
function isReadableTarget(target: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!target.startsWith("/") || /[\\\u0000-\u0020\u007f-\uffff]|%00/.test(target)) return false;
  const [path = ""] = target.split("?");
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Next answers below `/_` for itself: error pages, and pictures made smaller. Nobody here needs more than its files. */
function isNextsOwn(target: string): boolean {
  const path = decodeURIComponent(target.split("?")[0] ?? "").replace(/^\/+/, "/");
  return path.startsWith("/_") && !path.startsWith("/_next/static/");
}

const isReadableHost = (host: string | undefined): boolean =>
  host !== undefined && /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}/`);

/** Whether Next's own parser takes the router state: browsers that run its scripts send no other. */
function isReadableRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}
