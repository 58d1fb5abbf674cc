import { defineConfig } from "vitest/config";

// As Next resolves server code. Not "import": Node would apply it to packages' `require` calls too.
const conditions = ["react-server", "node"];

export default defineConfig({
  resolve: {
    conditions,
    // As Next resolves it in server code.
    alias: { "next/navigation": "next/dist/client/components/navigation.react-server.js" },
  },
  ssr: { resolve: { conditions } },
  test: {
    include: ["lib/**/*.test.ts", "dev/**/*.test.ts", "prisma/**/*.test.ts", "bench/**/*.test.ts"],
    globalSetup: ["dev/testbed/postgres.ts"],
    setupFiles: ["dev/testbed/fixed-seed.ts"],
    // What lib/env.ts holds is one environment a process: test files do not share one.
    pool: "forks",
    maxWorkers: 2,
    // Ends what hangs; it measures nothing. A machine that does other things beside takes many times as long.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
