import type { Google } from "../google.ts";
import type { Person } from "../people.ts";
import { accessTokenHash } from "./keys.ts";
import { emailScope, profileScope } from "./scopes.ts";

/** The claims about a person that these scopes open. */
export function claimsOf(google: Google, person: Person, scopes: string[]): Record<string, unknown> {
  const [given = "", ...family] = person.name.split(" ");
  return {
    sub: person.sub,
    ...(person.hd ? { hd: person.hd } : {}),
    ...(scopes.includes(emailScope) ? { email: person.email, email_verified: true } : {}),
    ...(scopes.includes(profileScope)
      ? {
          name: person.name,
          picture: `${google.origin}/picture/${person.sub}.svg`,
          given_name: given,
          family_name: family.join(" "),
        }
      : {}),
  };
}

/**
 * An ID token. Its times are the machine's real ones (plus the chosen skew), whatever the local Google's clock was
 * advanced by: the app that checks them does not travel with us.
 */
export function idTokenFor(
  google: Google,
  person: Person,
  clientId: string,
  of: { scopes: string[]; nonce: string | null; accessToken: string },
): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000) + google.settings.idTokenSkewSeconds;
  return google.keys.sign({
    iss: google.origin,
    azp: clientId,
    aud: clientId,
    ...claimsOf(google, person, of.scopes),
    at_hash: accessTokenHash(of.accessToken),
    ...(of.nonce === null ? {} : { nonce: of.nonce }),
    iat: seconds,
    exp: seconds + 3600,
  });
}
