/** Which of a message's folds its reader has opened or closed, for as long as the tab lives. Numbers, not mail. */
const place = (message: string) => `latchkey.folds.${message}`;

function recall(message: string): Record<string, boolean> {
  try {
    return JSON.parse(sessionStorage.getItem(place(message)) ?? "{}") as Record<string, boolean>;
  } catch {
    return {}; // Storage is switched off, or somebody else wrote there: the folds are as they were made.
  }
}

/**
 * Opens and closes the `<details>` below `root` as they were left, and notes what changes.
 * @returns what stops noting
 */
export function rememberFolds(root: ParentNode & EventTarget, message: string): () => void {
  const folds = [...root.querySelectorAll("details")];
  const left = recall(message);
  for (const [index, fold] of folds.entries()) fold.open = left[index] ?? fold.open;
  const note = (event: Event) => {
    const index = folds.indexOf(event.target as HTMLDetailsElement);
    if (index === -1) return;
    left[index] = folds[index]?.open ?? false;
    try {
      sessionStorage.setItem(place(message), JSON.stringify(left));
    } catch {
      // No storage, no memory: nothing else depends on it.
    }
  };
  // `toggle` does not bubble.
  root.addEventListener("toggle", note, true);
  return () => root.removeEventListener("toggle", note, true);
}
