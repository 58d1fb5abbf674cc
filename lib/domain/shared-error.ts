/**
 * An error that is recognized by its name. Next bundles routes and jobs apart from each other, so a process has a class
 * several times; what several of them wait for (one refresh, one listing) may reject with the error of another one's bundle.
 */
export abstract class SharedError extends Error {
  static readonly errorName: string;

  constructor(message?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.errorName;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: each class answers for itself
    return value instanceof Error && value.name === this.errorName;
  }
}
