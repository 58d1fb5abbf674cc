/** Which remote pictures only exist to tell somebody that a message was opened, and whom. */

import type { Tracker } from "../../domain/remote-content.ts";
import { type HostRule, hostRules, pathRules, tellingPath } from "./table.ts";

/** A picture as it stands in a mail's markup. */
export interface MetPicture {
  /** The address as the mail has it. */
  readonly url: string;
  readonly width: string | undefined;
  readonly height: string | undefined;
  /** The style attribute, cleaned. */
  readonly style: string;
}

/** At most two pixels either way show nothing. */
const visiblePixels = 3;
/** From this size on, one way, a picture is meant to be seen: also a line, and one that shows on narrow screens alone. */
const meantToBeSeen = 20;

const rulesByHost = new Map<string, HostRule[]>();
for (const rule of hostRules) {
  for (const host of rule[1].split(" ")) rulesByHost.set(host, [...(rulesByHost.get(host) ?? []), rule]);
}

/** Null for a picture that is there to be seen. */
export function trackerOf(picture: MetPicture): Tracker | null {
  const address = picture.url.slice(0, 4_000);
  const url = URL.canParse(address, "https://example.invalid")
    ? new URL(address, "https://example.invalid")
    : null;
  const path = url === null ? address : `${url.pathname}${url.search}`;
  const service = url === null ? null : serviceAt(url.hostname, path);
  if (service !== null) return { service };
  if (isMeantToBeSeen(picture)) return null;
  const named = pathRules.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
  return named !== null || isInvisible(picture) || tellingPath.test(path) ? { service: named } : null;
}

/** Whose the address is by its host: that, or one that it is below. */
function serviceAt(host: string, path: string): string | null {
  const labels = host.toLowerCase().split(".").slice(-6);
  for (let from = 0; from < labels.length - 1; from += 1) {
    const rule = rulesByHost
      .get(labels.slice(from).join("."))
      ?.find(([, , pattern]) => pattern === undefined || pattern.test(path));
    if (rule) return rule[0];
  }
  return null;
}

const hidingStyle =
  /(?:^|;)(?:(?:max-)?(?:width|height):[012](?:\.\d+)?(?:px|pt)?(?:;| |$)|display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0\d*)?(?:;| |$)|(?:clip|clip-path):)/iu;

function isInvisible({ width, height, style }: MetPicture): boolean {
  return (
    [width, height].some((length) => (pixels(length) ?? visiblePixels) < visiblePixels) ||
    hidingStyle.test(style)
  );
}

function isMeantToBeSeen({ width, height, style }: MetPicture): boolean {
  const styled = (side: string) => new RegExp(`(?:^|;)${side}:\\s*(\\d+)px`, "u").exec(style)?.[1];
  const sides = [
    [width, "width"],
    [height, "height"],
  ].map(([given, side]) => pixels(given) ?? pixels(styled(side ?? "")));
  return sides.some((length) => length !== null && length >= meantToBeSeen);
}

/** Null for what is no number of pixels. */
function pixels(length: string | undefined): number | null {
  const number = /^\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*$/u.exec(length ?? "")?.[1];
  return number === undefined ? null : Number.parseFloat(number);
}
