/** Pages and fillings make much that is gone at once; with these a process that makes it stays small. */
export const smallProcess = {
  /**
   * A young generation that is emptied often, and an old one that is looked through again when it has doubled: left to itself
   * V8 lets it grow to a third more memory, for hardly any time (docs/bench.md).
   */
  flags: ["--max-semi-space-size=8", "--heap-growing-percent=100"],
  /** What threads of glibc's have given back is used by all of them. */
  env: { MALLOC_ARENA_MAX: "2" },
} as const;
