/** A body that is whole and small before anybody reads it. */
import type { IncomingMessage } from "node:http";

/**
 * Waits until the request's body has arrived, and leaves it unread for whoever is asked next. What comes beyond `limit`
 * bytes is not taken from the connection.
 * @param limit bytes; less than a stream holds for a reader who has not come yet (64 KiB)
 * @returns whether it is whole and within the limit
 */
export function bodyWithin(request: IncomingMessage, limit: number): Promise<boolean> {
  if (!hasBody(request) || request.complete) return Promise.resolve(request.readableLength <= limit);
  return new Promise((resolve) => {
    // Node hands what has arrived to `push`. Reading it here instead would leave nothing to read: Next refuses a body
    // that somebody has looked into, even when it was put back.
    const push = request.push.bind(request);
    let left = limit - request.readableLength;
    const settle = (within: boolean) => {
      request.off("error", gone);
      request.off("close", gone);
      resolve(within);
    };
    const gone = () => settle(false);
    request.push = (chunk: Buffer | null) => {
      left -= chunk?.length ?? 0;
      if (left < 0) {
        settle(false);
        return false; // Node ceases to read from the connection.
      }
      const wantsMore = push(chunk);
      if (chunk === null) settle(true);
      return wantsMore;
    };
    request.once("error", gone);
    request.once("close", gone);
  });
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
