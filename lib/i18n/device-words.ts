import Bowser from "bowser";
import type { Words } from "./words.ts";

/** What a browser calls itself, in words that its owner knows it by: "Firefox on Linux". */
export function deviceWords(t: Words, userAgent: string | null): string {
  if (!userAgent) return t("device.unknown");
  const { browser, os } = Bowser.parse(userAgent);
  const name = browser.name || t("device.unnamed");
  return os.name ? t("device.browserOnSystem", { browser: name, system: os.name }) : name;
}
