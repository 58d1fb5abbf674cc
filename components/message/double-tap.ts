/** Two taps within this time and as near as this are one gesture. */
const [withinMs, nearPx] = [350, 30];

/** @returns what stops listening */
export function onDoubleTap(loaded: Document, act: () => void): () => void {
  let last = { at: Number.NEGATIVE_INFINITY, x: 0, y: 0 };
  const tap = ({ pointerType, timeStamp: at, clientX: x, clientY: y }: PointerEvent) => {
    if (pointerType !== "touch") return;
    const isSecond = at - last.at < withinMs && Math.hypot(x - last.x, y - last.y) < nearPx;
    last = isSecond ? { at: Number.NEGATIVE_INFINITY, x, y } : { at, x, y };
    if (isSecond) act();
  };
  loaded.addEventListener("pointerup", tap);
  return () => loaded.removeEventListener("pointerup", tap);
}
