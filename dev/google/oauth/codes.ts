import { randomBytes } from "node:crypto";

export interface Authorization {
  clientId: string;
  redirectUri: string;
  sub: string;
  scopes: string[];
  nonce: string | null;
  challenge: { value: string; method: "S256" | "plain" } | null;
  /** The person saw a consent screen and the request was for offline access. */
  withRefreshToken: boolean;
  timeLimitSeconds: number | null;
}

const lifetimeMs = 10 * 60 * 1000;

/** Authorization codes: single use, ten minutes. */
export class Codes {
  readonly #codes = new Map<string, Authorization & { expiresAtMs: number }>();

  issue(authorization: Authorization, nowMs: number): string {
    for (const [code, { expiresAtMs }] of this.#codes) if (expiresAtMs <= nowMs) this.#codes.delete(code);
    const code = `4/0A${randomBytes(36).toString("base64url")}`;
    this.#codes.set(code, { ...authorization, expiresAtMs: nowMs + lifetimeMs });
    return code;
  }

  /** Who a code is for, without using it up. */
  peek(code: string): Authorization | null {
    return this.#codes.get(code) ?? null;
  }

  /** Use a code up; null when it is unknown, used or expired. */
  redeem(code: string, nowMs: number): Authorization | null {
    const found = this.#codes.get(code);
    this.#codes.delete(code);
    return found && found.expiresAtMs > nowMs ? found : null;
  }

  clear(): void {
    this.#codes.clear();
  }
}
