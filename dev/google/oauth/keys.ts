import { createHash, randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from "jose";

/** The signing keys: the newest signs, the one before stays published so that fresh tokens still verify. */
export class KeyRing {
  #keys: JWK[] = [];

  async rotate(): Promise<void> {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const kid = randomBytes(20).toString("hex");
    this.#keys = [{ ...(await exportJWK(privateKey)), kid, alg: "RS256", use: "sig" }, ...this.#keys].slice(
      0,
      2,
    );
  }

  /** The JWKS document: public halves only. */
  published(): { keys: JWK[] } {
    return { keys: this.#keys.map(({ kty, n, e, kid, alg, use }) => ({ kty, n, e, kid, alg, use }) as JWK) };
  }

  async sign(claims: JWTPayload, header: Record<string, unknown> = {}): Promise<string> {
    const [jwk] = this.#keys;
    if (!jwk) throw new Error("no signing key yet");
    const key = await importJWK(jwk, "RS256");
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: String(jwk.kid), typ: "JWT", ...header })
      .sign(key);
  }

  record(): JWK[] {
    return this.#keys;
  }

  restore(keys: JWK[]): void {
    this.#keys = keys;
  }
}

/** `at_hash` of an access token: the left half of its SHA-256. @see OpenID Connect Core 3.1.3.6 */
export function accessTokenHash(accessToken: string): string {
  return createHash("sha256").update(accessToken, "ascii").digest().subarray(0, 16).toString("base64url");
}
