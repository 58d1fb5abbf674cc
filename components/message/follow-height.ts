/** A taller mail scrolls in itself: what stands below its frame has to be within reach. */
const tallestPx = 20_000;

/**
 * As small as a frame gets while its document is measured: what a mail makes as tall as its frame counts for nothing
 * then, so that the height that is found never depends on the height that was set.
 */
const probePx = 1;

/**
 * Makes the frame as tall as its document, and keeps it so while that changes. `place` is the element around the frame;
 * it holds the height while the frame is measured, so that the page around does not move.
 * @returns what ends this
 */
export function followHeight(frame: HTMLIFrameElement, place: HTMLElement, body: HTMLElement): () => void {
  const root = body.ownerDocument.documentElement;
  let last = { height: 0, width: 0, windowWidth: 0 };
  let due = 0;

  const follow = () => {
    due = 0;
    const natural = naturalHeight(frame, root);
    const [width, windowWidth] = [place.clientWidth, window.innerWidth];
    // A page's scroll bar comes and goes with the height, and takes width with it: for that alone nothing shrinks.
    const isOwnDoing = last.width !== width && last.windowWidth === windowWidth;
    const wanted = Math.min(natural, tallestPx);
    const height = isOwnDoing ? Math.max(wanted, last.height) : wanted;
    frame.style.height = place.style.height = `${height}px`;
    // Only what does not fit may scroll: a bar that comes and goes would change the width.
    root.style.overflowY = root.scrollHeight > height ? "auto" : "hidden";
    last = { height, width, windowWidth };
  };
  const observer = new ResizeObserver(() => {
    // Not within the observer's own round: that would be a change of its making.
    due ||= requestAnimationFrame(follow);
  });
  observer.observe(body);
  observer.observe(place);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(due);
  };
}

/** How tall the document is by itself, in CSS pixels, with the scroll bar below it where there is one. */
function naturalHeight(frame: HTMLIFrameElement, root: HTMLElement): number {
  root.style.overflowY = "hidden";
  frame.style.height = `${probePx}px`;
  const content = Math.ceil(root.scrollHeight);
  frame.style.height = "";
  return content + scrollBar(frame, root);
}

const scrollBar = (frame: HTMLIFrameElement, root: HTMLElement) => {
  const height = frame.clientHeight - root.clientHeight;
  return height > 0 && height < 40 ? height : 0;
};
