import proxyAddress from "proxy-addr";

/** Whether this address, the `hops`th before us, is a proxy of ours, whose word about the one before it is taken. */
export type IsTrusted = (address: string, hops: number) => boolean;

/**
 * @param trusted how many proxies stand before this server, or their addresses and ranges, separated by commas
 * (`loopback`, `linklocal` and `uniquelocal` name the usual ones)
 * @throws TypeError when an entry is no address, range or name
 */
export function trustedProxies(trusted: string): IsTrusted {
  if (/^\d+$/.test(trusted)) return (_address, hops) => hops < Number(trusted);
  const isOurs = proxyAddress.compile(trusted.split(/[\s,]+/).filter(Boolean));
  return (address, hops) => isOurs(withoutPort(address), hops);
}

/** Some proxies write the port of the connection behind the address. */
export const withoutPort = (address: string): string =>
  /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
