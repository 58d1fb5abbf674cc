import { beforeEach, describe, expect, test } from "vitest";
import { localEnvironment, makeLocalSecrets } from "#dev/local-environment.ts";
import { nextAuthCookies } from "../sign-in/nextauth-cookies.ts";
import { browserLine, makeBrowser } from "./cookies.ts";

beforeEach(() => {
  const places = { databaseUrl: "postgresql://x/x", googleUrl: "http://127.0.0.1:1", port: 3000 };
  Object.assign(process.env, localEnvironment(places, makeLocalSecrets()), {
    NEXTAUTH_URL: "https://mail.example.org",
  });
});

describe("over https", () => {
  test("both cookies have the prefix that no other host and no plain http can set", () => {
    expect(nextAuthCookies().sessionToken).toEqual({
      name: "__Host-latchkey.session",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
    });
    const [pair = "", ...attributes] = browserLine(makeBrowser()).split("; ");
    expect(pair).toMatch(/^__Host-latchkey\.browser=[\w-]{43}$/);
    // A browser takes the prefix with exactly these: Secure, the root path, and no Domain.
    expect(attributes.toSorted()).toEqual(["HttpOnly", "Max-Age=86400", "Path=/", "SameSite=Lax", "Secure"]);
  });
});

test("none of NextAuth's own names is used, so another application's cookies are never ours", () => {
  for (const { name } of Object.values(nextAuthCookies())) expect(name).not.toContain("next-auth");
});
