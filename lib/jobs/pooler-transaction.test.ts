/** Before PgBouncer knew prepared statements. Long: it fetches a package. */
import { describe } from "vitest";
import { behindPooler } from "./pooler.fixture.ts";

describe.runIf(process.env.LATCHKEY_LONG)("PgBouncer in transaction mode", () =>
  behindPooler({
    mode: "transaction",
    connections: 4,
    env: (direct) => ({ DATABASE_DIRECT_URL: direct, DATABASE_PREPARED: "off" }),
    told: "between transactions",
  }),
);
