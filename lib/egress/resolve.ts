import { promises as dns } from "node:dns";
import { EgressError } from "./egress-error.ts";
import { isSynthesized } from "./public-address.ts";

/**
 * All addresses of a name, from a name server: `/etc/hosts` and search domains, which know this network's own names, are
 * not asked, and no thread waits that others need.
 * @throws EgressError unresolvable
 */
export async function resolveName(
  host: string,
  nameServers: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 2 });
  if (nameServers) resolver.setServers(nameServers);
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel);
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    signal.throwIfAborted();
    const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    const usable = addresses.filter((address) => !isSynthesized(address));
    if (usable.length === 0) throw new EgressError("unresolvable", host);
    return usable;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
