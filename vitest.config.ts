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
    // What lib/env.ts holds is one environment a process: test files do not share one.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
