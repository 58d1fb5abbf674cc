const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Where a request goes that names this machine otherwise than NEXTAUTH_URL does (localhost, 127.0.0.1): cookies and
 * Google's redirect belong to one name. An absolute address, since a path would lead back to the name that was asked;
 * null where the name is right.
 * @param own the origin of NEXTAUTH_URL
 */
export function otherNameOfThisMachine(own: URL, host: string | undefined, target: string): string | null {
  const asked = host?.replace(/:\d+$/, "") ?? "";
  const isOther = host !== own.host && loopbackNames.includes(own.hostname) && loopbackNames.includes(asked);
  // Another port belongs to a program that forwards to this one, on purpose.
  return isOther && portOf(host) === own.port ? `${own.origin}${target}` : null;
}

const portOf = (host = ""): string => /:(\d+)$/.exec(host)?.[1] ?? "";
