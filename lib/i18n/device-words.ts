import Bowser from "bowser";

/** What a browser calls itself, in words that its owner knows it by: "Firefox on Linux". */
export function deviceWords(userAgent: string | null): string {
  if (!userAgent) return "An unknown browser";
  const { browser, os } = Bowser.parse(userAgent);
  const name = browser.name || "A browser";
  return os.name ? `${name} on ${os.name}` : name;
}
