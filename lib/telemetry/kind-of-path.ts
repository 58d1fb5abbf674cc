/** Kinds of addresses, few and fixed: what is counted by them never grows with what strangers ask for. */
const kinds: readonly (readonly [RegExp, string | null])[] = [
  // A stream is not an answer that takes a time.
  [/^\/mail\/[^/]+\/live$/, null],
  [/^\/mail\/[^/]+\/message\/[^/]+\/(body|print)$/, "body"],
  [/^\/mail\/[^/]+\/message\/[^/]+\/(text|raw|original|attachments?)\b/, "download"],
  // As fast as somebody else's server.
  [/^\/mail\/[^/]+\/message\/[^/]+\/image\//, null],
  [/^\/mail\/[^/]+\/message\//, "message"],
  [/^\/mail(\/|$)/, "list"],
  [/^\/accounts(\/|$)/, "accounts"],
  [/^\/admin(\/|$)/, "admin"],
  [/^\/api\/auth\//, "sign-in"],
  [/^\/api\/google\//, "push"],
  [/^\/api\/(health|metrics)\b/, "health"],
  [/^\/(_next|fonts)\//, "file"],
];

/** @returns null for what is not counted */
export function kindOfPath(path: string): string | null {
  const found = kinds.find(([pattern]) => pattern.test(path));
  return found ? found[1] : "other";
}
