import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSecretFiles } from "./secret-files.ts";

async function file(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "latchkey-secrets-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, "secret");
  await writeFile(path, text);
  return path;
}

test("a secret's file stands for its variable, without the line's end", async () => {
  const { source, problems } = readSecretFiles({ NEXTAUTH_SECRET_FILE: await file("a-secret-of-theirs\n") });
  expect(source.NEXTAUTH_SECRET).toBe("a-secret-of-theirs");
  expect([...problems]).toEqual([]);
});

test("what is no secret has no file", async () => {
  expect(
    readSecretFiles({ NEXTAUTH_URL_FILE: await file("https://example.org") }).source.NEXTAUTH_URL,
  ).toBeUndefined();
});

test("both, an empty one, and one that is not there are said by name, never with what they hold", async () => {
  const { problems } = readSecretFiles({
    TOKEN_KEYS: "k1:x",
    TOKEN_KEYS_FILE: await file("k1:y"),
    NEXTAUTH_SECRET_FILE: await file(" \n"),
    GOOGLE_CLIENT_SECRET_FILE: "/nowhere/at/all",
  });
  expect(Object.fromEntries(problems)).toEqual({
    TOKEN_KEYS: "TOKEN_KEYS_FILE: TOKEN_KEYS is set as well; leave one of them out",
    NEXTAUTH_SECRET: "NEXTAUTH_SECRET_FILE: names an empty file",
    GOOGLE_CLIENT_SECRET: "GOOGLE_CLIENT_SECRET_FILE: cannot be read (ENOENT)",
  });
});
