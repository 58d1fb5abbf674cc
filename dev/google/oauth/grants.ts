import { randomBytes } from "node:crypto";
import { isGmail } from "./scopes.ts";

/** Why a refresh token no longer works (docs/google.md §2). */
export type DeathCause =
  | "revoked"
  | "time-limited"
  | "testing"
  | "idle"
  | "password-changed"
  | "hundred-tokens"
  | "invalid-rapt"
  | "account-deleted";

export const deathCauses: readonly DeathCause[] = [
  "revoked",
  "time-limited",
  "testing",
  "idle",
  "password-changed",
  "hundred-tokens",
  "invalid-rapt",
  "account-deleted",
];

/** What a person has allowed a client; remembered apart from tokens: "dead is not forgotten". */
export interface Consent {
  sub: string;
  clientId: string;
  scopes: string[];
  expiresAtMs: number | null;
}

export interface RefreshToken {
  token: string;
  sub: string;
  clientId: string;
  scopes: string[];
  lastUsedAtMs: number;
  expiresAtMs: number | null;
  expiresBecause: "time-limited" | "testing";
  death: DeathCause | null;
}

export interface AccessToken {
  token: string;
  sub: string;
  clientId: string;
  scopes: string[];
  expiresAtMs: number;
}

export interface GrantRecord {
  consents: Consent[];
  refreshTokens: RefreshToken[];
  accessTokens: AccessToken[];
}

const mostLiveRefreshTokens = 100;
const idleMs = 183 * 24 * 3600 * 1000;
export const accessTokenSeconds = 3599;

/** Consents, refresh tokens and access tokens of everyone. All times are the local Google's clock, in ms. */
export class Grants {
  #consents: Consent[] = [];
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #accessTokens = new Map<string, AccessToken>();

  /** The consent Google remembers, or null when there is none or its time ran out. */
  consentOf(sub: string, clientId: string, nowMs: number): Consent | null {
    const consent = this.#consents.find((one) => one.sub === sub && one.clientId === clientId) ?? null;
    return consent?.expiresAtMs != null && consent.expiresAtMs <= nowMs ? null : consent;
  }

  rememberConsent(consent: Consent): void {
    this.#forget(consent.sub, consent.clientId);
    this.#consents.push(consent);
  }

  issueRefreshToken(
    of: Pick<RefreshToken, "sub" | "clientId" | "scopes" | "expiresAtMs" | "expiresBecause">,
    nowMs: number,
  ): RefreshToken {
    const token = `1//0${randomBytes(48).toString("base64url")}`;
    const issued: RefreshToken = { ...of, token, lastUsedAtMs: nowMs, death: null };
    this.#refreshTokens.set(token, issued);
    const live = this.liveRefreshTokens(of.sub, of.clientId, nowMs);
    for (const oldest of live.slice(0, Math.max(0, live.length - mostLiveRefreshTokens))) {
      oldest.death = "hundred-tokens";
    }
    return issued;
  }

  issueAccessToken(of: Omit<AccessToken, "token" | "expiresAtMs">, nowMs: number): AccessToken {
    for (const [token, { expiresAtMs }] of this.#accessTokens) {
      if (expiresAtMs < nowMs - 24 * 3600 * 1000) this.#accessTokens.delete(token);
    }
    const token = `ya29.${randomBytes(96).toString("base64url")}`;
    const issued: AccessToken = { ...of, token, expiresAtMs: nowMs + accessTokenSeconds * 1000 };
    this.#accessTokens.set(token, issued);
    return issued;
  }

  /** Oldest first. */
  liveRefreshTokens(sub: string, clientId: string | null, nowMs: number): RefreshToken[] {
    return [...this.#refreshTokens.values()].filter(
      (one) =>
        one.sub === sub &&
        (clientId === null || one.clientId === clientId) &&
        this.causeOfDeath(one, nowMs) === null,
    );
  }

  refreshToken(token: string): RefreshToken | null {
    return this.#refreshTokens.get(token) ?? null;
  }

  /** Expired ones too: the caller judges. */
  accessToken(token: string): AccessToken | null {
    return this.#accessTokens.get(token) ?? null;
  }

  causeOfDeath(token: RefreshToken, nowMs: number): DeathCause | null {
    if (token.death !== null) return token.death;
    if (token.expiresAtMs !== null && token.expiresAtMs <= nowMs) return token.expiresBecause;
    return token.lastUsedAtMs + idleMs <= nowMs ? "idle" : null;
  }

  /**
   * Kill a person's refresh tokens. Revocation and ended time limits also forget the consent, so that Google asks
   * again; the other causes leave it remembered. Access tokens follow, after `graceMs`, where Google ends them too.
   */
  kill(sub: string, clientId: string | null, cause: DeathCause, nowMs: number, graceMs = 0): void {
    const ours = (one: { sub: string; clientId: string }) =>
      one.sub === sub && (clientId === null || one.clientId === clientId);
    for (const token of this.liveRefreshTokens(sub, clientId, nowMs)) {
      if (cause !== "password-changed" || token.scopes.some(isGmail)) token.death = cause;
    }
    if (cause === "revoked" || cause === "time-limited" || cause === "testing") {
      this.#consents = this.#consents.filter((consent) => !ours(consent));
    }
    if (cause === "idle" || cause === "hundred-tokens" || cause === "invalid-rapt") return;
    for (const access of this.#accessTokens.values()) {
      if (ours(access)) access.expiresAtMs = Math.min(access.expiresAtMs, nowMs + graceMs);
    }
  }

  expireAccessTokens(sub: string, nowMs: number): void {
    for (const access of this.#accessTokens.values()) {
      if (access.sub === sub) access.expiresAtMs = Math.min(access.expiresAtMs, nowMs);
    }
  }

  consents(): Consent[] {
    return this.#consents;
  }

  record(): GrantRecord {
    return {
      consents: this.#consents,
      refreshTokens: [...this.#refreshTokens.values()],
      accessTokens: [...this.#accessTokens.values()],
    };
  }

  restore(record: GrantRecord): void {
    this.#consents = record.consents;
    this.#refreshTokens.clear();
    this.#accessTokens.clear();
    for (const token of record.refreshTokens) this.#refreshTokens.set(token.token, token);
    for (const token of record.accessTokens) this.#accessTokens.set(token.token, token);
  }

  #forget(sub: string, clientId: string): void {
    this.#consents = this.#consents.filter((one) => one.sub !== sub || one.clientId !== clientId);
  }
}
