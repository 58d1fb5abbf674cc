import { LRUCache } from "lru-cache";
import { createFormatter } from "use-intl/core";
import type { Language } from "../domain/language.ts";
import { localeOf } from "./languages.ts";

type Formatter = ReturnType<typeof createFormatter>;

/** The ways a page writes dates, in the zones of some thirty readers: each way takes some 50 kB. */
const formatters = new LRUCache<string, Formatter>({ max: 32 });

/** Writes dates and numbers by a language's customs. Made once, since that takes longer than all that a page writes. */
export function formatterOf(language: Language, zone = "UTC"): Formatter {
  const key = `${language} ${zone}`;
  const known = formatters.get(key);
  if (known) return known;
  const formatter = createFormatter({
    locale: localeOf[language],
    timeZone: zone,
    onError: (error) => {
      throw error;
    },
  });
  formatters.set(key, formatter);
  return formatter;
}
