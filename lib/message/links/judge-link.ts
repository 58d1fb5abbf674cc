/** Whether a link leads where it seems to. */

import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { parse } from "tldts";
import type { LinkNote } from "../../domain/mail-link.ts";
import { organizationOf } from "../mime/organization.ts";
import { lookAlikeDomain } from "../trust/look-alikes.ts";

/** Services that give short addresses for others'. */
const shorteners = new Set(
  `bit.ly bitly.com buff.ly cutt.ly dlvr.it dub.sh goo.gl is.gd j.mp lnkd.in ow.ly rb.gy rebrand.ly reurl.cc s.id shorturl.at
  soo.gd t.co t.ly tiny.cc tinyurl.com tr.im trib.al v.gd x.gd urlz.fr adf.ly bl.ink clck.ru kutt.it l.ead.me linktr.ee`.split(
    /\s+/u,
  ),
);

/** An address or a name of a site in a text: whole, or with what makes it an address. */
const written = /(?:https?:\/\/|www\.)[^\s<>"'()[\]]+/iu;
const bare = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,24}(?:[/?#:]\S*)?$/u;
const addressee = /^[^\s@]+@([^\s@]+\.[^\s@]{2,24})$/u;

/**
 * What is to be said of a link, the gravest first; null where it leads where it seems to.
 * @param href http or https; of any other there is nothing to say
 * @param text what one reads and clicks
 */
export function judgeLink(href: string, text: string): LinkNote | null {
  if (!/^https?:/iu.test(href) || !URL.canParse(href)) return null;
  const { hostname, username } = new URL(href);
  const site = hostname.replace(/^\[|\]$/gu, "");
  const flag = lookAlikeDomain(site)
    ? "look-alike"
    : isElsewhere(site, text)
      ? "other-site"
      : isIP(site) !== 0
        ? "number"
        : username !== ""
          ? "disguised"
          : shorteners.has(site.replace(/^www\./u, ""))
            ? "shortened"
            : null;
  return flag && { flag, site };
}

/** Whether a text names a site, and another one than this. */
function isElsewhere(site: string, text: string): boolean {
  const named = siteIn(text.slice(0, 1_000).trim());
  return named !== null && organizationOf(named) !== organizationOf(site);
}

/** The site that a text says it leads to; null where it says none. */
function siteIn(text: string): string | null {
  const address = written.exec(text)?.[0] ?? (bare.test(text) ? text : undefined);
  if (address !== undefined) {
    const full = /^https?:\/\//iu.test(address) ? address : `https://${address}`;
    const host = URL.canParse(full) ? new URL(full).hostname : "";
    return isKnown(host) ? host : null;
  }
  const host = domainToASCII(addressee.exec(text)?.[1] ?? "");
  return isKnown(host) ? host : null;
}

const isKnown = (host: string): boolean => parse(host).isIcann === true;
