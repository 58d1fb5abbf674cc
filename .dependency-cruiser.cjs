/**
 * The import rule of docs/architecture.md:
 * app → session → use-cases → {oauth, gmail, vault, mailbox, message, audit} → db
 * Layers may be skipped, never reversed; the folders in braces never import each other.
 */
const test = "\\.(test|fixture)\\.tsx?$|/fixtures/";
const wires = "oauth|gmail|vault|mailbox|message|audit";

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbid("no-cycle", "Two files that need each other are one.", { pathNot: test }, { circular: true }),
    forbid(
      "product-knows-no-tools",
      "Nothing that is served imports what tries it out.",
      { path: "^(app|components|lib|prisma|proxy|instrumentation)", pathNot: test },
      { path: "^(dev|e2e|bench)/" },
    ),
    forbid(
      "components-take-props",
      "Components know types of messages and accounts, words, and each other.",
      { path: "^components/" },
      { path: "^(app|lib)/", pathNot: "^lib/(i18n|domain)/|^lib/message/(types|page)\\.ts$" },
    ),
    forbid("app-is-the-top", "Nobody imports a route.", { pathNot: "^app/" }, { path: "^app/" }),
    forbid(
      "session-above-use-cases",
      "A use case is handed who is asking.",
      { path: `^lib/(use-cases|${wires}|jobs|db|domain|i18n|telemetry)/`, pathNot: test },
      { path: "^lib/(session|sign-in|request)/" },
    ),
    forbid(
      "use-cases-above-folders",
      "Only use cases compose.",
      { path: `^lib/(${wires}|db|domain|i18n|telemetry)/`, pathNot: test },
      { path: "^lib/(use-cases|jobs)/" },
    ),
    forbid(
      "folders-apart",
      "The folders below the use cases never import each other.",
      { path: `^lib/(${wires})/`, pathNot: test },
      { path: `^lib/(${wires})/`, pathNot: "^lib/$1/" },
    ),
    forbid(
      "db-is-the-bottom",
      "The database imports nothing of ours but the environment and the log.",
      { path: "^lib/db/" },
      {
        path: "^lib/",
        pathNot: "^lib/(db|telemetry)/|^lib/env\\.ts$",
      },
    ),
    forbid(
      "wires-without-database",
      "The wires to Google know no database.",
      { path: "^lib/(oauth|gmail|message)/", pathNot: test },
      {
        path: "^lib/db/",
      },
    ),
    forbid(
      "leaves",
      "Words and nouns import nothing but each other and types of messages.",
      { path: "^lib/(domain|i18n)/", pathNot: test },
      { path: "^lib/", pathNot: "^lib/(domain|i18n)/|^lib/message/types\\.ts$" },
    ),
    forbid(
      "use-case-or-nothing",
      "A route asks use cases, never the folders below them (but for types and the frame's policy).",
      { path: "^app/" },
      { path: `^lib/(${wires}|db|jobs)/`, pathNot: "^lib/message/(types|frame)\\.ts$" },
    ),
    forbid(
      "served-without-build-tools",
      "What only builds and tests is not there in production (dev/pack.ts). Icons and fonts are in the build.",
      { path: "^(app|components|lib|prisma|proxy|instrumentation)", pathNot: test },
      {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
        pathNot: "^node_modules/(lucide-react|@fontsource-variable)/",
      },
    ),
    forbid(
      "npm-declared",
      "Every package is named in package.json.",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown", "undetermined"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules|lib/db/generated|\\.next" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["react-server", "import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
