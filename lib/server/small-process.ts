/** Settings that keep the process small: pages and fillings make much garbage at once. */
export const smallProcess = {
  /**
   * V8 collects its young generation often, and its old one when it has doubled. Left to itself it uses a third more
   * memory, and is hardly faster (docs/bench.md).
   */
  flags: ["--max-semi-space-size=8", "--heap-growing-percent=100"],
  /** Two arenas of glibc for all threads: what one thread frees, others can use. */
  env: { MALLOC_ARENA_MAX: "2" },
} as const;
