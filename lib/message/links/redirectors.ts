/**
 * Addresses that only lead on to another one, which stands in them. Taken off, whoever runs them does not learn of the click.
 * What an organization puts around links to look at their targets first (Safe Links, URL Defense and their kin) stays: it is
 * there for the reader.
 */

/** A host or what it ends with, its path, and where the target is. */
interface Redirector {
  readonly host: string;
  readonly path: RegExp;
  readonly target: (url: URL) => string | null;
}

const inQuery =
  (...names: readonly string[]) =>
  ({ searchParams }: URL): string | null =>
    names.map((name) => searchParams.get(name)).find((value) => value !== null) ?? null;

/** What follows a part of the path, with its escapes taken off once. */
const inPath =
  (pattern: RegExp) =>
  ({ pathname, search }: URL): string | null => {
    const found = pattern.exec(`${pathname}${search}`)?.[1];
    return found === undefined ? null : decoded(found);
  };

/** A target in the JSON of a token without encryption: `eyJ…`. */
const inToken =
  (pattern: RegExp, ...names: readonly string[]) =>
  ({ pathname, search }: URL): string | null => {
    const token = pattern.exec(`${pathname}${search}`)?.[1];
    const held = token === undefined ? null : parsed(Buffer.from(decoded(token) ?? "", "base64").toString());
    return names.map((name) => held?.[name]).find((value) => typeof value === "string") ?? null;
  };

const redirectors: readonly Redirector[] = [
  { host: "google.com", path: /^\/url$/u, target: inQuery("q", "url") },
  { host: "googleadservices.com", path: /^\/pagead\/aclk$/u, target: inQuery("adurl") },
  { host: "doubleclick.net", path: /^\/(?:ddm|pcs)\//u, target: inPath(/[?&;](?:adurl=)?(https?:.+)$/u) },
  { host: "youtube.com", path: /^\/redirect$/u, target: inQuery("q") },
  { host: "facebook.com", path: /^\/(?:l|flx\/warn)(?:\.php|\/)$/u, target: inQuery("u") },
  { host: "instagram.com", path: /^\/$/u, target: inQuery("u") },
  {
    host: "linkedin.com",
    path: /^\/(?:redir\/(?:redirect|general-malware-page)|safety\/go)$/u,
    target: inQuery("url"),
  },
  { host: "slack-redir.net", path: /^\/link$/u, target: inQuery("url") },
  { host: "steamcommunity.com", path: /^\/linkfilter\/?$/u, target: inQuery("u", "url") },
  { host: "vk.com", path: /^\/away\.php$/u, target: inQuery("to") },
  { host: "duckduckgo.com", path: /^\/l\/$/u, target: inQuery("uddg") },
  { host: "href.li", path: /^\/$/u, target: inPath(/^\/\?(https?:.+)$/u) },
  {
    host: "awstrack.me",
    path: /^\/L0\//u,
    target: inPath(/^\/L0\/(https?:?(?:%3A)?.*?)(?:\/\d\/[\w-]+\/[\w=-]+)?$/iu),
  },
  { host: "customeriomail.com", path: /^\/e\/c\//u, target: inToken(/^\/e\/c\/(eyJ[\w=%-]+)/u, "href") },
  { host: "track.customer.io", path: /^\/e\/c\//u, target: inToken(/^\/e\/c\/(eyJ[\w=%-]+)/u, "href") },
  { host: "substack.com", path: /^\/redirect\/2\//u, target: inToken(/^\/redirect\/2\/(eyJ[\w=%-]+)/u, "e") },
  { host: "mailtrack.io", path: /^\/(?:trace\/)?link\//u, target: inQuery("url") },
  { host: "yesware.com", path: /^\/tl?\//u, target: inQuery("ytl", "url") },
  { host: "emltrk.com", path: /./u, target: inQuery("url") },
  { host: "clicks.aweber.com", path: /./u, target: inQuery("url") },
  { host: "anrdoezrs.net", path: /^\/(?:links|click)/u, target: inQuery("url") },
  { host: "awin1.com", path: /^\/cread\.php$/u, target: inQuery("ued", "p") },
  { host: "prf.hn", path: /^\/click\//u, target: inPath(/\/destination:(https?.+)$/u) },
  { host: "linksynergy.com", path: /^\/(?:deeplink|fs-bin\/click)$/u, target: inQuery("murl", "RD_PARM1") },
  { host: "redirectingat.com", path: /^\/$/u, target: inQuery("url") },
  { host: "viglink.com", path: /^\//u, target: inQuery("u", "out") },
];

/** Where an address leads on to, by what stands in it: http or https. Null where it says nothing of that. */
export function targetWithin(url: URL): string | null {
  const host = url.hostname.replace(/^www\./u, "");
  const found = redirectors.find(
    (known) => (host === known.host || host.endsWith(`.${known.host}`)) && known.path.test(url.pathname),
  );
  const target = found?.target(url) ?? null;
  return target !== null && /^https?:\/\/[^/]/iu.test(target) && URL.canParse(target) ? target : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // Half an escape: then it is no address that leads anywhere.
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null; // Not a token of this kind.
  }
}
