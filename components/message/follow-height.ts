/** A taller mail scrolls in itself: what stands below its frame has to be within reach. */
const tallestPx = 20_000;

/**
 * As small as a frame gets while its document is measured: what a mail makes as tall as its frame counts for nothing
 * then, so that the height that is found never depends on the height that was set.
 */
const probePx = 1;

/** A mail is scaled no smaller than this: what is wider still scrolls sideways in its frame. */
const smallestZoom = 0.4;

export interface FollowedFrame {
  /** Shows the mail at its own width, or fits it to the frame's again. */
  toggleFit(): void;
  end(): void;
}

/**
 * Makes the frame as tall as its document, and keeps it so while that changes; a mail that is wider than the frame is scaled
 * to fit. `place` is the element around the frame; it holds the height while the frame is measured, so that the page around
 * does not move.
 * @param onFit hears whether the mail is wider than the frame, and whether it is scaled
 */
export function followHeight(
  frame: HTMLIFrameElement,
  place: HTMLElement,
  body: HTMLElement,
  onFit: (fit: "narrow" | "fitted" | "full") => void,
): FollowedFrame {
  const root = body.ownerDocument.documentElement;
  const mail = body.querySelector<HTMLElement>(".mail") ?? body;
  let last = { height: 0, width: 0, windowWidth: 0 };
  let due = 0;
  let isFull = false;

  const follow = () => {
    due = 0;
    const [natural, isWide] = [
      naturalHeight(frame, root, () => scaleToFit(root, mail, isFull)),
      isTooWide(mail),
    ];
    const [width, windowWidth] = [place.clientWidth, window.innerWidth];
    // A page's scroll bar comes and goes with the height, and takes width with it: for that alone nothing shrinks.
    const isOwnDoing = last.width !== width && last.windowWidth === windowWidth;
    const wanted = Math.min(natural, tallestPx);
    const height = isOwnDoing ? Math.max(wanted, last.height) : wanted;
    frame.style.height = place.style.height = `${height}px`;
    // Only what does not fit may scroll: a bar that comes and goes would change the width.
    root.style.overflowY = root.scrollHeight > height ? "auto" : "hidden";
    last = { height, width, windowWidth };
    onFit(isWide ? (isFull ? "full" : "fitted") : "narrow");
  };
  const soon = () => {
    due ||= requestAnimationFrame(follow);
  };
  // Not within the observer's own round: that would be a change of its making.
  const observer = new ResizeObserver(soon);
  observer.observe(body);
  observer.observe(place);
  // What has loaded by now is measured before it is painted.
  follow();
  return {
    toggleFit: () => {
      isFull = !isFull;
      follow();
    },
    end: () => {
      observer.disconnect();
      cancelAnimationFrame(due);
    },
  };
}

/** How tall the document is by itself, in CSS pixels, with the scroll bar below it where there is one. */
function naturalHeight(frame: HTMLIFrameElement, root: HTMLElement, arrange: () => void): number {
  root.style.overflowY = "hidden";
  frame.style.height = `${probePx}px`;
  arrange();
  const content = Math.ceil(root.scrollHeight);
  frame.style.height = "";
  return content + scrollBar(frame, root);
}

const scrollBar = (frame: HTMLIFrameElement, root: HTMLElement) => {
  const height = frame.clientHeight - root.clientHeight;
  return height > 0 && height < 40 ? height : 0;
};

/** Scales the mail so that it is as wide as the frame, where it is wider by itself. */
function scaleToFit(root: HTMLElement, mail: HTMLElement, isFull: boolean): void {
  mail.style.zoom = "";
  const [wanted, there] = [root.scrollWidth, root.clientWidth];
  mail.dataset.wide = String(wanted > there + 1);
  if (!isFull && wanted > there + 1) mail.style.zoom = String(Math.max(there / wanted, smallestZoom));
}

const isTooWide = (mail: HTMLElement) => mail.dataset.wide === "true";
