import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { knownZone } from "../i18n/dates.ts";

export const timeZoneCookie = "latchkey.zone";

/** The visitor's time zone as their browser told it; the server's own before it has. */
export const timeZone = cache(
  async (): Promise<string> => knownZone((await cookies()).get(timeZoneCookie)?.value),
);
