const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * On one's own machine a server has several names, and cookies and Google's redirect belong to one of them: where whoever
 * comes by another is to go. Absolute, since a path alone would lead back to the name that was asked.
 * @param own the origin of NEXTAUTH_URL
 */
export function otherNameOfThisMachine(own: URL, host: string | undefined, target: string): string | null {
  const asked = host?.replace(/:\d+$/, "") ?? "";
  const isOther = host !== own.host && loopbackNames.includes(own.hostname) && loopbackNames.includes(asked);
  // With another port it is another program that forwards to this one: it knows what it does.
  return isOther && portOf(host) === own.port ? `${own.origin}${target}` : null;
}

const portOf = (host = ""): string => /:(\d+)$/.exec(host)?.[1] ?? "";
