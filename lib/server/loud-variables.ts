import "server-only";

/**
 * What makes Node, Next or a package print what passes through: cookies, tokens, answers, the environment itself, the
 * keys of encrypted connections. Also what lets somebody look inside, or drops the check of certificates.
 */
const loud = [
  "DEBUG",
  "NODE_DEBUG",
  "NODE_DEBUG_NATIVE",
  "NEXT_DEBUG",
  "NEXTAUTH_DEBUG",
  "AUTH_DEBUG",
  "GOOGLE_SDK_NODE_LOGGING",
  "GRAPHILE_ENABLE_DANGEROUS_LOGS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "SSLKEYLOGFILE",
] as const;

/** Next, the queue and Google's library have many such, and get new ones. */
const loudName = /^(__)?(NEXT|NODE|GRAPHILE|GOOGLE|GCLOUD)_.*(DEBUG|VERBOSE|DANGEROUS|LOGGING)/;

const loudOption =
  /^--(inspect|debug|trace|tls-keylog|report|heapsnapshot|heap-prof|cpu-prof|abort-on-uncaught|experimental-network-inspection)/;

/** `--option value` is two words: the second goes with the first. */
const takesNextWord =
  /^--(inspect-port|debug-port|tls-keylog|trace-event-(categories|file-pattern)|trace-require-module|heapsnapshot-signal|(cpu|heap)-prof-(dir|interval|name)|report-(dir|directory|filename|signal))$/;

export interface QuietEnvironment {
  /** To be laid over the environment. Empty rather than left out: Next fills in from its own .env files what is missing. */
  readonly variables: Readonly<Record<string, string>>;
  /** What was set and is not passed on. Names alone. */
  readonly dropped: readonly string[];
}

/** The environment without what would have the served process print secrets. */
export function quietEnvironment(source: Readonly<Record<string, string | undefined>>): QuietEnvironment {
  const { kept, dropped } = quietOptions(source.NODE_OPTIONS ?? "");
  const others = Object.keys(source).filter((name) => loudName.test(name));
  const names = [...new Set([...loud, ...others])];
  return {
    variables: { ...Object.fromEntries(names.map((name) => [name, ""])), NODE_OPTIONS: kept },
    dropped: [...names.filter((name) => source[name]), ...dropped.map((option) => `NODE_OPTIONS ${option}`)],
  };
}

function quietOptions(options: string): { kept: string; dropped: string[] } {
  const words = options.split(/\s+/).filter(Boolean);
  const kept: string[] = [];
  const dropped: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const name = (word.split("=")[0] ?? "").replaceAll("_", "-");
    if (!loudOption.test(name)) kept.push(word);
    else {
      dropped.push(name);
      if (takesNextWord.test(word.replaceAll("_", "-")) && !words[at + 1]?.startsWith("--")) at += 1;
    }
  }
  return { kept: kept.join(" "), dropped };
}
