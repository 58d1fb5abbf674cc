/** Keys that mean something in the frame itself. */
const ofFrame = /^(?:Enter|Tab| |Arrow\w+|Page\w+|Home|End)$/u;

/**
 * Keys pressed in a frame are heard by the page, as if pressed on the frame itself: its shortcuts go on after a click into a
 * mail.
 * @returns what ends this
 */
export function passKeys(frame: HTMLIFrameElement, loaded: Document): () => void {
  const pass = (event: KeyboardEvent) => {
    if (event.defaultPrevented || ofFrame.test(event.key)) return;
    const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing } = event;
    const heard = new KeyboardEvent("keydown", {
      ...{ key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing },
      bubbles: true,
      cancelable: true,
    });
    if (!frame.dispatchEvent(heard)) event.preventDefault();
  };
  loaded.addEventListener("keydown", pass);
  return () => loaded.removeEventListener("keydown", pass);
}
