/** What the page of one's accounts says after one was connected, by its address; undefined where there is nothing to say. */
export function connectedNote(note: string | undefined, email: string | undefined): string | undefined {
  if (email === undefined) return undefined;
  if (note === "connected") return `${email} is connected.`;
  return note === "reconnected" ? `${email} is connected again.` : undefined;
}
