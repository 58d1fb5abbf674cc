/** Which remote images only exist to tell the sender that a message was opened. */

/** Paths and hosts that the large mailing services use for it. */
const trackerUrl =
  /\/wf\/open|\/track(?:ing)?\/open|\/open\.(?:aspx|php|gif)|\/o\.gif|\/__ptq\.gif|\/pixel(?:\.gif|\.png|\/|\?)|\/beacon|\/e\/o\/|\/trk\?|\/cl0\/|google-analytics\.com|doubleclick\.net|mailtrack\.io|yesware\.com\/t\/|list-manage\.com\/track|mailchimpapp\.net\/o|bananatag\.com|getnotify\.com|pixel\.app\.|\bspacer\.gif\?/iu;

/** At most two pixels either way shows nothing. */
const visiblePixels = 3;

export interface RemoteImage {
  readonly url: string;
  readonly width: string | undefined;
  readonly height: string | undefined;
  /** The style attribute, cleaned. */
  readonly style: string;
}

/** Whether the image is a tracker: too small to see, hidden, or at an address known for it. */
export function isTracker({ url, width, height, style }: RemoteImage): boolean {
  return (
    isInvisible(width) ||
    isInvisible(height) ||
    /(?:^|;)(?:(?:max-)?(?:width|height):[012](?:\.\d+)?(?:px)?(?:;| |$)|display:none|visibility:hidden|opacity:0(?:;|$))/iu.test(
      style,
    ) ||
    trackerUrl.test(url.slice(0, 2_000))
  );
}

function isInvisible(length: string | undefined): boolean {
  return (
    length !== undefined &&
    /^\s*\d+(?:\.\d+)?(?:px)?\s*$/u.test(length) &&
    Number.parseFloat(length) < visiblePixels
  );
}
