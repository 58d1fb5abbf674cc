/**
 * What `npm run pack` makes, as an image has it: with Debian's C library and nothing else beside it, in a root of its own, by
 * somebody who may write nothing. Long: it packs, and fetches packages.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "../dev/database.ts";
import { startCommand, startLatchkey } from "../dev/latchkey.ts";
import { localEnvironment } from "../dev/local-environment.ts";
import { unpacked } from "../dev/testbed/debian.ts";
import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { place } from "./places.ts";
import { openInbox } from "./sign-in.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const home = "opt/latchkey";
const nobody = 65_534;

/** Another root, with the packed tree in it. */
async function otherRoot(directory: string): Promise<string> {
  const libraries = await unpacked("base", "lib/x86_64-linux-gnu/libc.so.6", [
    "libc6",
    "libgcc-s1",
    "libstdc++6",
  ]);
  await mkdir(join(directory, "opt"), { recursive: true });
  for (const name of await readdir(libraries))
    await cp(join(libraries, name), join(directory, name), { recursive: true, verbatimSymlinks: true });
  await run("npm", ["run", "--silent", "pack:run", "--", join(directory, home)], { cwd: root });
  return directory;
}

/** Runs Node in that root, as somebody without any right. Whoever is not root here is somebody like that already. */
const nodeIn = (directory: string, args: readonly string[]): [string, ...string[]] => {
  const enter =
    process.getuid?.() === 0
      ? (["/usr/sbin/chroot", `--userspec=${nobody}:${nobody}`, directory] as const)
      : (["/usr/bin/unshare", "--map-root-user", `--root=${directory}`] as const);
  const [program, ...rest] = enter;
  // Both begin in the root's own root; Node is told where it lives.
  return [
    program,
    ...rest,
    `/${home}/node_modules/.bin/node`,
    ...args.map((arg) => arg.replace(/^(lib|prisma)\//, `/${home}/$1/`)),
  ];
};

async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

if (process.env.LATCHKEY_LONG)
  test("the packed tree migrates, serves and reads, where nothing else is and nothing may be written", async ({
    browser,
    google,
    newPerson,
    store,
  }, info) => {
    test.setTimeout(900_000);
    const directory = await otherRoot(info.outputPath("root"));
    expect(await bytesBelow(join(directory, home)), "1,300 MB is what it is packed from").toBeLessThan(220e6);
    const name = `packed_${info.workerIndex}`;
    await store.query(`CREATE DATABASE "${name}"`);
    const databaseUrl = place("database").replace(/[^/]+$/, name);
    const port = await freePort();
    const secrets = { NEXTAUTH_SECRET: place("nextAuthSecret"), TOKEN_KEYS: `k1:${place("tokenKey")}` };
    const places = { databaseUrl, googleUrl: place("google"), port };
    // What runs containers says so to somebody whom no list of users knows.
    const env = { ...localEnvironment(places, secrets), HOME: "/" };
    const command = (file: string) => {
      const [program, ...args] = nodeIn(directory, ["--conditions=react-server", file]);
      return run(program, args, { env: { ...env, NODE_ENV: "production" } });
    };
    expect((await command("prisma/migrate.command.ts")).stdout).toContain("Applied");
    // Each of them begins, and says what it has to say: nothing that it imports is missing.
    const manifest = JSON.parse(await readFile(join(directory, home, "package.json"), "utf8"));
    for (const script of Object.values<string>(manifest.scripts)) {
      const file = script.split(" ").at(-1) ?? "";
      if (file === "lib/server/start.ts") continue;
      const said = await command(file).then(
        ({ stdout, stderr }) => stdout + stderr,
        ({ stdout, stderr }) => `${stdout}${stderr}`,
      );
      expect(said, file).not.toMatch(/Cannot find|ERR_MODULE|^\s+at /m);
    }
    const logFile = info.outputPath("latchkey.log");
    const latchkey = await startLatchkey({ env, logFile, command: nodeIn(directory, startCommand) });
    const context = await browser.newContext({ baseURL: latchkey.url });
    try {
      const page = await context.newPage();
      const person = await newPerson({ messages: 20 });
      await google.deliver(person.email, {
        subject: "Long",
        text: "A line of a long message.\n".repeat(20_000),
      });
      await openInbox(page, person);
      await expect(rowsOf(page).first()).toBeVisible();
      await page.getByRole("link", { name: "Long" }).click();
      await expect(page.getByText("Only the first 100 kB of the text are shown.")).toBeVisible();
      expect((await command("lib/server/doctor.command.ts")).stdout).toContain(
        "ok  keys: k1; no other is needed",
      );
    } finally {
      await context.close();
      await latchkey.stop();
    }
    expect(latchkey.process.exitCode).toBe(0);
    await rm(directory, { recursive: true });
  });
