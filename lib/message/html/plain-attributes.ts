/** The attributes of a mail's markup that may stay, with the values they may have. */

import { cleanClasses } from "./css-names.ts";

export type Attributes = Record<string, string>;

/** Presentational attributes, safe whatever their value once it is {@link plainValue}. */
export const plainAttributeList =
  `align bgcolor border cellpadding cellspacing char charoff color cols colspan dir face frame height hspace lang
  noshade nowrap rowspan rules scope size span start type valign value vspace width`.split(/\s+/u);
const plainAttributeNames = new Set(plainAttributeList);
const plainValue = /^[\w\s#%.,+'"-]{0,200}$/u;

/** Browsers refuse longer addresses, or stop over them. */
const addressLimit = 32_768;

const link = /^(?:https?:\/\/[^\s]|mailto:[^\s])/iu;

/** Those of the attributes that only lay things out, and the title. */
export function plainAttributes(attributes: Attributes): Attributes {
  const kept: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (plainAttributeNames.has(name) && plainValue.test(value)) kept[name] = value;
  }
  const title = attributes.title;
  if (title) kept.title = title.slice(0, 500);
  return kept;
}

/** What screen readers are told of an element. Not `aria-live`, nor a role that implies it: a mail does not speak up by itself. */
export const ariaAttributeList = "aria-describedby aria-hidden aria-label aria-labelledby hidden role".split(
  " ",
);

/** Roles that are read out when they appear, or that take the keyboard. */
const loudRoles = new Set("alert alertdialog application dialog log marquee status timer".split(" "));

/** Names of other elements are those that the sanitizer gives them. */
export function ariaAttributes(attributes: Attributes): Attributes {
  const kept: Attributes = {};
  for (const name of ariaAttributeList) {
    const value = attributes[name];
    if (value === undefined) continue;
    if (name === "hidden") kept.hidden = "hidden";
    else if (name === "aria-label") kept[name] = value.slice(0, 500);
    else if (name.endsWith("by")) kept[name] = cleanClasses(value);
    else if (/^[a-z]{1,20}$/iu.test(value) && !loudRoles.has(value.toLowerCase())) kept[name] = value;
  }
  return kept;
}

/** For a link to http, https or mailto: opened elsewhere, without saying where from. Empty for any other. */
export function linkAttributes(href: string | undefined): Attributes {
  // What a browser ignores inside an address could hide its scheme.
  const address = (href ?? "").replace(/\p{Cc}/gu, "").trim();
  return address.length <= addressLimit && link.test(address)
    ? { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }
    : {};
}
