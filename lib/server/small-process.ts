/** Pages and fillings make much that is gone at once; with these a process that makes it stays small. */
export const smallProcess = {
  /** A young generation that is emptied often. */
  flags: ["--max-semi-space-size=8"],
  /** What threads of glibc's have given back is used by all of them. */
  env: { MALLOC_ARENA_MAX: "2" },
} as const;
