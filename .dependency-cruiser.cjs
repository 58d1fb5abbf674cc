/**
 * Who may import whom: the rooms of docs/architecture.md, from the bottom up. What is not named is forbidden, so a room that
 * begins to need another says so here.
 */
const test = "\\.(test|fixture)\\.tsx?$|/fixtures/";

const all = (...names) => names.join(" ").split(" ");

/** The file lib/env.ts is a room of its own. */
const below = "env telemetry db";
const cases = (...names) => names.map((name) => `use-cases/${name}`).join(" ");

const rooms = {
  domain: [],
  i18n: all("domain"),
  environment: all("domain"),
  env: all("domain environment"),
  telemetry: all("domain env"),
  db: all("domain env telemetry"),

  "message/mime": all("domain"),
  "message/text": all("domain message/mime"),
  "message/trackers": all("domain"),
  "message/links": all("domain message/mime message/trust"),
  "message/html": all("domain message/links message/mime message/text message/trackers"),
  "message/original": all("domain message/mime"),
  "message/containers": all("domain message/mime"),
  "message/trust": all("domain message/mime"),
  "message/calendar": all("domain message/mime"),
  "message/contact": all("domain message/mime message/calendar"),
  message: all(
    "domain message/calendar message/contact message/containers message/html message/links message/mime",
    "message/text message/trackers message/trust",
  ),
  "message/preview": all("domain message/mime message/text"),
  "message/worker": all("domain message message/containers message/preview"),

  oauth: all("domain environment telemetry"),
  gmail: all("domain telemetry"),
  egress: all("domain env"),
  vault: all("domain db"),
  mailbox: all("domain db"),
  audit: all("domain db"),
  queue: all("domain db"),

  "use-cases/limits": all("domain env db"),
  "use-cases/accounts": all("domain audit mailbox oauth queue vault", below),
  "use-cases/admin": all("domain audit db mailbox queue", cases("accounts")),
  "use-cases/google": all("domain gmail mailbox message/worker oauth vault", below, cases("accounts")),
  "use-cases/copy": all("domain gmail mailbox message queue vault", below, cases("accounts", "google")),
  "use-cases/lists": all("domain gmail mailbox message db", cases("copy", "google")),
  "use-cases/messages": all(
    "domain egress gmail i18n mailbox message message/containers message/mime message/original message/preview message/text message/trust message/worker vault",
    below,
    cases("accounts", "copy", "google"),
  ),
  "use-cases/conversations": all(
    "domain gmail i18n mailbox db",
    cases("accounts", "copy", "google", "lists", "messages"),
  ),
  "use-cases/sync": all(
    "domain gmail mailbox oauth queue vault",
    below,
    cases("accounts", "copy", "google", "limits"),
  ),
  "use-cases/operations": all("domain environment gmail mailbox oauth vault", below, cases("accounts")),

  request: all(
    "domain env i18n telemetry",
    cases("conversations", "copy", "limits", "lists", "messages", "sync"),
  ),
  session: all("domain env i18n request", cases("accounts")),
  "sign-in": all("domain env oauth request session telemetry", cases("accounts", "google")),
  jobs: all("domain queue", below, cases("accounts", "operations", "sync")),
  server: all("domain environment i18n jobs request vault", below, cases("accounts", "operations", "sync")),
};

const place = (room) => (room === "env" ? "env\\.ts$" : `${room}/`);

/** Rooms stand inside of others: `message` is what stands beside its own. */
const inside = (room) => Object.keys(rooms).filter((other) => other.startsWith(`${room}/`));

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const roomRules = Object.entries(rooms).map(([room, allowed]) =>
  forbid(
    `room-${room.replace("/", "-")}`,
    `lib/${room} may import: ${allowed.join(", ") || "nothing of ours"} (.dependency-cruiser.cjs).`,
    { path: `^lib/${place(room)}`, pathNot: [test, ...inside(room).map((other) => `^lib/${place(other)}`)] },
    {
      path: "^(app|components|lib)/",
      pathNot: [room, ...allowed].map((name) => exactly(name)),
    },
  ),
);

/** A room, without those that stand inside of it. */
function exactly(room) {
  const others = inside(room).map((other) => `${other.slice(room.length + 1)}/`);
  return `^lib/${room === "env" ? "env\\.ts$" : `${room}/${others.length > 0 ? `(?!${others.join("|")})` : ""}`}`;
}

const options = {
  doNotFollow: { path: "node_modules|lib/db/generated|\\.next" },
  tsConfig: { fileName: "tsconfig.json" },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["react-server", "import", "node", "default", "types"],
    extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
  },
};

module.exports = {
  forbidden: [
    forbid("no-cycle", "Two files that need each other are one.", { pathNot: test }, { circular: true }),
    ...roomRules,
    forbid(
      "every-file-has-a-room",
      "A file of lib/ stands in a room that is named above.",
      {},
      {
        path: "^lib/",
        pathNot: [
          test,
          "\\.d\\.ts$",
          "^lib/db/generated/",
          ...Object.keys(rooms).map((room) => `^lib/${place(room)}`),
        ],
      },
    ),
    forbid(
      "product-knows-no-tools",
      "Nothing that is served imports what tries it out.",
      { path: "^(app|components|lib|prisma|proxy|instrumentation)", pathNot: test },
      { path: "^(dev|e2e|bench)/" },
    ),
    forbid(
      "components-take-props",
      "Components know nouns, words, and each other.",
      { path: "^components/" },
      { path: "^(app|lib)/", pathNot: "^lib/(i18n|domain)/" },
    ),
    forbid("app-is-the-top", "Nobody imports a route.", { pathNot: "^app/" }, { path: "^app/" }),
    forbid(
      "use-case-or-nothing",
      "A route asks use cases, never the folders below them (but for the frame's policy).",
      { path: "^app/" },
      {
        path: "^lib/",
        pathNot: "^lib/(domain|i18n|request|session|sign-in|use-cases)/|^lib/message/frame\\.ts$",
      },
    ),
    forbid(
      "served-without-build-tools",
      "What only builds and tests is not there in production (dev/pack.ts). Icons and fonts are in the build.",
      { path: "^(app|components|lib|prisma|proxy|instrumentation)", pathNot: test },
      {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
        pathNot: "^node_modules/(lucide-react|@fontsource(-variable)?)/",
      },
    ),
    forbid(
      "npm-declared",
      "Every package is named in package.json.",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown", "undetermined"] },
    ),
  ],
  options,
};
