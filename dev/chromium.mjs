// Which Chromium the tests and figures use. Plain JavaScript: `setup.mjs` asks before anything is installed.
import { existsSync } from "node:fs";

/** The headless shell first: the same engine without a desktop browser around it, and twice as fast to test with. */
const known = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** `CHROMIUM_PATH`, or what this machine has; undefined where only Playwright's own can be used. */
export const findChromium = () =>
  [process.env.CHROMIUM_PATH, ...known].find((path) => path && existsSync(path));
