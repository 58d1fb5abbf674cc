import { z } from "zod";
import { asciiLowerCase } from "../domain/address.ts";

/** Entries between commas, spaces or lines, in ASCII lower case. */
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(asciiLowerCase),
  );

/** Google's stable number of an account, for one whose address Google does not vouch for. */
const subEntry = /^sub:\d{1,64}$/;

/** Addresses and `sub:…`. Addresses are compared in ASCII, so others could never match. */
export const people = list.pipe(
  z.array(
    z
      .string()
      .refine(
        (entry) => subEntry.test(entry) || z.email().safeParse(entry).success,
        "must be e-mail addresses in ASCII, or sub:<number>, separated by commas",
      ),
  ),
);

export const domains = list.pipe(
  z.array(
    z
      .string()
      .regex(
        /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
        "must be domains in ASCII, such as example.org, separated by commas",
      ),
  ),
);
