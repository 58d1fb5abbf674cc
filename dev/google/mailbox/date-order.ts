/** Insert a message number where its date belongs; a list is kept oldest first, ties in order of arrival. */
export function insertByDate(order: number[], index: number, dateOf: (index: number) => number): void {
  const date = dateOf(index);
  const newest = order.at(-1);
  let [low, high] = [0, order.length];
  if (newest === undefined || dateOf(newest) <= date) low = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dateOf(order[middle] ?? 0) <= date) low = middle + 1;
    else high = middle;
  }
  order.splice(low, 0, index);
}
