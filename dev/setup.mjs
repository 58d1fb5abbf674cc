// What is due after a clone or a pull, and nothing else: dependencies, Prisma's client and fonts, the build, and (with
// --browser) Chromium. `npm run demo` and `npm test` do it first. Each step that runs says so; none is said, too.
// Runs on whatever Node the machine has, before anything is installed: plain JavaScript, nothing from npm.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampDirectory = join(root, "node_modules", ".latchkey");
const bin = join(root, "node_modules", ".bin");
const neededNode = 24;
let steps = 0;

function run(words, command, args, env = {}) {
  steps += 1;
  process.stdout.write(`${words} … `);
  const startedMs = Date.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", ...env },
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (status === 0) {
    console.log(`${((Date.now() - startedMs) / 1000).toFixed(0)} s`);
    return;
  }
  console.log("failed");
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}${error ? `${error.message}\n` : ""}`);
  process.exit(status || 1);
}

/** Files that a step depends on, as one hash: a step whose files are unchanged is not repeated. */
function fingerprint(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== "generated" && name !== "fonts") add(join(path, name));
      }
    } else if (!/\.test\.tsx?$/.test(path)) {
      hash.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
    }
  };
  for (const path of paths) add(join(root, path));
  return hash.digest("hex");
}

/** @param produced what the step makes: one that was made by hand since is made again, as it may be of other files */
function once(step, paths, produced, act) {
  const stamp = join(stampDirectory, step);
  const made = produced.map((path) => join(root, path));
  const now = () => [fingerprint(paths), ...made.map((path) => statSync(path).mtimeMs)].join(" ");
  if ([stamp, ...made].every(existsSync) && readFileSync(stamp, "utf8") === now()) return;
  act();
  mkdirSync(stampDirectory, { recursive: true });
  writeFileSync(stamp, now());
}

/** The runtime comes from npm too; where npm has none for a platform, the machine's own must do. */
function findNode() {
  const own = join(bin, process.platform === "win32" ? "node.cmd" : "node");
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split(".")[0]) >= neededNode) return process.execPath;
  console.error(
    `Latchkey needs Node ${neededNode}. On this platform npm has no copy of it to bring along, and this machine has ${process.version}.\n` +
      `Install Node ${neededNode} from nodejs.org (or with nvm: nvm install ${neededNode}) and run this again.`,
  );
  process.exit(1);
}

/** Whether Playwright has brought a Chromium of its own before. */
function hasPlaywrightsChromium(node) {
  const look = `process.exit(fs.existsSync(require("playwright").chromium.executablePath()) ? 0 : 1)`;
  return spawnSync(node, ["-e", look], { cwd: root }).status === 0;
}

function installBrowser(node) {
  if (findChromium() || hasPlaywrightsChromium(node)) return;
  const hasApt = spawnSync("apt-get", ["--version"]).status === 0;
  if (!hasApt) {
    run("Chromium, from Playwright", node, [
      join(root, "node_modules/playwright/cli.js"),
      "install",
      "chromium",
    ]);
    return;
  }
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (words, ...args) => {
    const [command, ...rest] = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", ...args];
    run(words, command, rest);
  };
  apt("Debian's list of packages", "update");
  const hasShell = spawnSync("apt-cache", ["show", "chromium-headless-shell"]).status === 0;
  const chromium = hasShell ? "chromium-headless-shell" : "chromium";
  apt("Chromium, from Debian", "install", "-y", "--no-install-recommends", chromium);
}

// Prisma's command line stands for all of them: `npm prune --omit=dev` takes it away, and the next build needs it again.
once("dependencies", ["package-lock.json", "package.json", ".npmrc"], ["node_modules/prisma-cli"], () =>
  run("Dependencies", "npm", ["ci", "--loglevel=error"]),
);
const node = findNode();
once(
  "generated",
  ["prisma/schema.prisma", "prisma/migrations", "dev/generate.mjs", "package-lock.json", "package.json"],
  ["lib/db/generated/client.ts", "lib/db/generated/build.ts", "public/fonts"],
  () => run("Prisma's client and fonts", node, [join(root, "dev/generate.mjs")]),
);
const sources = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "prisma/migrations",
  "package-lock.json",
];
const settings = ["next.config.js", "postcss.config.mjs", "proxy.ts", "instrumentation.ts", "tsconfig.json"];
once("build", [...sources, ...settings], [".next/BUILD_ID"], () =>
  run("Build", node, [join(root, "node_modules/next/dist/bin/next"), "build"]),
);
if (process.argv.includes("--browser")) installBrowser(node);
if (steps === 0) console.log("Setup: nothing to do");
