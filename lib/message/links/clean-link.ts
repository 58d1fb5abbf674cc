/** Links without what only tells somebody who has clicked, and where that was read. */

import { targetWithin } from "./redirectors.ts";

export interface CleanLink {
  /** As it is opened. */
  readonly href: string;
  /** As the mail has it, where that is another. */
  readonly original: string | null;
}

/**
 * Parameters that name a campaign, a click or a reader and that no page needs. Names that pages use for something else, too
 * (`ref`, `source`, `id`, `email`), are not among them.
 */
const tracking = new RegExp(
  `^(?:${[
    "utm_\\w+|mtm_\\w+|pk_(?:campaign|kwd|source|medium|content|cid)|piwik_\\w+|matomo_\\w+",
    "fbclid|fb_action_ids|fb_action_types|fb_source",
    "gclid|gclsrc|dclid|gbraid|wbraid|gad_source|gad_campaignid|srsltid|_ga|_gl",
    "mc_cid|mc_eid|mc_tc",
    "_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsCtaTracking",
    "msclkid|yclid|ysclid|_openstat|twclid|ttclid|li_fat_id|igshid|igsh|epik|rdt_cid|ScCid",
    "mkt_tok|oly_anon_id|oly_enc_id|vero_id|vero_conv|wickedid|ml_subscriber|ml_subscriber_hash",
    "_ke|_kx|trk_contact|trk_msg|trk_module|trk_sid|sc_(?:campaign|channel|content|medium|outcome|geo|country|uid|lid|llid|eh)",
    "ck_subscriber_id|dm_i|dm_t|elqTrackId|elqTrack|elq_cid|elqaid|elqat|elqCampaignId",
    "s_cid|s_kwcid|ef_id|cm_mmc|cm_mmca\\d+|spMailingID|spUserID|spJobID|spReportId|sfmc_(?:id|sub|activityid|activity)",
    "bsft_\\w+|iterable_\\w+|rb_clickid|et_cid|et_rid|emci|emdi|inf_contact_key|vgo_ee|mkwid|pcrid|_bta_(?:tid|c)|nr_email_referer",
  ].join("|")})$`,
  "iu",
);

/** An address that is signed as a whole is no longer valid without one of its parts. */
const signed =
  /^(?:x-amz-.+|x-goog-.+|signature|sig|hmac|hash|hash_?key|token|expires|policy|key-pair-id|se|sv|googleaccessid|awsaccesskeyid)$/iu;

/** Redirectors around redirectors. */
const mostSteps = 4;

/** @param href http, https or mailto; any other comes back as it is */
export function cleanLink(href: string): CleanLink {
  if (!/^https?:/iu.test(href)) return { href, original: null };
  let cleaned = href;
  for (let step = 0; step < mostSteps; step += 1) {
    const target = URL.canParse(cleaned) ? targetWithin(new URL(cleaned)) : null;
    if (target === null) break;
    cleaned = target;
  }
  cleaned = withoutTracking(cleaned);
  return { href: cleaned, original: cleaned === href ? null : href };
}

/** Parameters are cut out of the text: what stays is byte for byte as it was. */
function withoutTracking(address: string): string {
  const [, before = "", query, fragment = ""] = /^([^?#]*)\?([^#]*)(#.*)?$/su.exec(address) ?? [];
  if (query === undefined) return address;
  const parameters = query.split("&");
  const names = parameters.map((parameter) => nameOf(parameter));
  if (!names.some((name) => tracking.test(name)) || names.some((name) => signed.test(name))) return address;
  const kept = parameters.filter((_, index) => !tracking.test(names[index] ?? ""));
  return `${before}${kept.length > 0 ? `?${kept.join("&")}` : ""}${fragment}`;
}

/** What comes before the sign; in some mail the ampersand before it was escaped twice. */
function nameOf(parameter: string): string {
  const name = parameter.split("=", 1)[0] ?? "";
  return name.replace(/^amp;/u, "");
}
