/** Nothing has to be set for this mode. Long: it fetches a package. */
import { describe } from "vitest";
import { behindPooler } from "./pooler.fixture.ts";

describe.runIf(process.env.LATCHKEY_LONG)("PgBouncer in session mode", () =>
  behindPooler({
    mode: "session",
    connections: 60,
    env: () => ({}),
    told: "keeps a connection for a session",
  }),
);
