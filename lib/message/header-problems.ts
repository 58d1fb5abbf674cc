/** What in a message's headers is not shown as it was meant to be read. */

import type { MessagePart } from "../domain/mail.ts";
import type { Problem } from "../domain/readable-message.ts";
import { parseAddresses } from "./mime/addresses.ts";
import { doubledHeaders, headerValue, overlongHeaders } from "./mime/headers.ts";

export function headerProblems({ headers }: MessagePart): Problem[] {
  const problems: Problem[] = [];
  const doubled = doubledHeaders(headers);
  if (doubled.length > 0) problems.push({ code: "headers-doubled", names: doubled });
  const overlong = overlongHeaders(headers);
  if (overlong.length > 0) problems.push({ code: "headers-too-long", names: overlong });
  for (const { name, givenName, address } of parseAddresses(headerValue(headers, "from") ?? "").slice(0, 8)) {
    const isWithheld =
      name === null && givenName !== null && givenName.toLowerCase() !== address.toLowerCase();
    if (isWithheld) problems.push({ code: "misleading-name", claimed: givenName, address });
  }
  return problems;
}
