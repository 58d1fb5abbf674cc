import { defineConfig } from "@playwright/test";
import { findChromium } from "./dev/chromium.mjs";

const executablePath = findChromium();

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/everything.ts",
  outputDir: ".data/e2e/results",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // A test that needs a second try has a race in it, or has found one.
  retries: 0,
  // These end what hangs; they measure nothing. A machine that does other things beside takes many times as long.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  use: {
    locale: "en-GB",
    timezoneId: "Asia/Jakarta",
    viewport: { width: 1440, height: 900 },
    // A trace takes a third of the time. To get one: npx playwright test --trace on
    trace: "off",
    launchOptions: {
      // Without one, names of files with letters beyond ASCII are none to it.
      env: { ...process.env, LC_ALL: "C.UTF-8" },
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "pages", testIgnore: "leaks.spec.ts" },
    // Looks at what the others have left behind.
    { name: "leaks", testMatch: "leaks.spec.ts", dependencies: ["pages"] },
  ],
});
