import { GmailError } from "./gmail-error.ts";

/**
 * How the wire gets an access token. Errors of either call belong to the vault and pass through this folder untouched.
 */
export interface GmailAccess {
  token(): Promise<string>;
  /** Called at most once per operation, after a 401: gives another token than `rejectedToken`, or throws. */
  renew(rejectedToken: string): Promise<string>;
}

/** The access of one operation: it remembers its token, and that it has been renewed. */
export type WithAccess = <T>(call: (token: string) => Promise<T>) => Promise<T>;

/**
 * The one place where a 401 is handled: renew once, repeat once. A second 401 leaves as `unauthorized`, whatever
 * number of requests the operation makes.
 * @see https://developers.google.com/workspace/gmail/api/guides/handle-errors#resolve_a_401_error_invalid_credentials
 */
export function openAccess(access: GmailAccess): WithAccess {
  let token: string | null = null;
  let renewed = false;

  return async function withAccess(call) {
    const used = token ?? (await access.token());
    token = used;
    try {
      return await call(used);
    } catch (error) {
      if (renewed || !(error instanceof GmailError) || error.code !== "unauthorized") throw error;
    }
    renewed = true;
    token = await access.renew(used);
    return await call(token);
  };
}
