/** Two folders that need each other are one. Tests stand beside what they test, and lean on the tools: they are left out. */
const { options } = require("./.dependency-cruiser.cjs");

module.exports = {
  forbidden: [
    {
      name: "no-folder-cycle",
      comment: "Two folders that need each other are one.",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    ...options,
    exclude: { path: "\\.(test|fixture)\\.tsx?$|/fixtures/|node_modules|lib/db/generated" },
  },
};
