import "server-only";
import { readFileSync } from "node:fs";

type Source = Readonly<Record<string, string | undefined>>;

/** Each may be a file instead, named by the variable with `_FILE` behind it: as systemd, Docker and Kubernetes hand them on. */
const secrets = [
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "NEXTAUTH_SECRET",
  "GOOGLE_CLIENT_SECRET",
  "TOKEN_KEYS",
  "METRICS_TOKEN",
] as const;

export interface ReadSecrets {
  readonly source: Source;
  /** What is wrong with a secret's file, by the secret's name. */
  readonly problems: ReadonlyMap<string, string>;
}

/** The environment with what secrets' files hold, without the line's end that editors leave there. */
export function readSecretFiles(source: Source): ReadSecrets {
  const read: Record<string, string> = {};
  const problems = new Map<string, string>();
  for (const name of secrets) {
    const path = source[`${name}_FILE`];
    if (path === undefined) continue;
    if (source[name] !== undefined) {
      problems.set(name, `${name}_FILE: ${name} is set as well; leave one of them out`);
      continue;
    }
    try {
      const text = readFileSync(path, "utf8").trim();
      if (text === "") problems.set(name, `${name}_FILE: names an empty file`);
      else read[name] = text;
    } catch (error) {
      const { code = "unknown" } = error as NodeJS.ErrnoException;
      problems.set(name, `${name}_FILE: cannot be read (${code})`);
    }
  }
  return { source: { ...source, ...read }, problems };
}
