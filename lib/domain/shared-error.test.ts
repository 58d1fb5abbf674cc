import { expect, it, vi } from "vitest";

const modules = {
  OAuthError: () => import("../oauth/oauth-error.ts"),
  GmailError: () => import("../gmail/gmail-error.ts"),
  QuotaPause: () => import("../use-cases/google/quota.ts"),
  AccountUnusableError: () => import("../use-cases/accounts/usable-account.ts"),
  RefreshLockBusyError: () => import("../vault/refresh-lock.ts"),
  SealError: () => import("../vault/seal.ts"),
  UnknownTokenKeyError: () => import("../vault/data-key.ts"),
  NotReadError: () => import("../message/worker/not-read-error.ts"),
};

type Class = new (...details: unknown[]) => Error;

/** The class as one of Next's bundles has it. */
async function bundled(name: keyof typeof modules): Promise<Class> {
  vi.resetModules();
  return ((await modules[name]()) as unknown as Record<string, Class>)[name] as Class;
}

it.each(Object.keys(modules) as (keyof typeof modules)[])(
  "%s is known to whoever waits for it, in whatever bundle",
  async (name) => {
    const [one, other] = [await bundled(name), await bundled(name)];
    expect(one).not.toBe(other);
    const error = new one({}, "words", {});
    expect(error).toBeInstanceOf(other);
    expect(error.name).toBe(name);
    expect(new Error("words") instanceof one).toBe(false);
  },
);
