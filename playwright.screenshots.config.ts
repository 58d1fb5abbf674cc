import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `npm run screenshots`: what the tests run in, with pictures in place of the tests. */
export default defineConfig({
  ...tests,
  outputDir: "screenshots",
  projects: [{ name: "screenshots", testMatch: "screenshots.ts" }],
});
