import "server-only";
import { stringifySetCookie } from "cookie";
import { cookies } from "next/headers";
import { cache } from "react";
import { knownZone } from "../i18n/dates.ts";

export const timeZoneCookie = "latchkey.zone";

/** The `Set-Cookie` line that takes it away again. */
export const forgottenTimeZone = stringifySetCookie({
  name: timeZoneCookie,
  value: "",
  maxAge: 0,
  path: "/",
  sameSite: "lax",
});

/** The visitor's time zone as their browser told it; the server's own before it has. */
export const timeZone = cache(
  async (): Promise<string> => knownZone((await cookies()).get(timeZoneCookie)?.value),
);
