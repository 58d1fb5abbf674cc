/** What a reader of mail says a message is: what is compared between them. */

export interface Opinion {
  readonly subject: string | null;
  /** The first of From with an address. Null: no opinion. */
  readonly from: { readonly name: string; readonly address: string } | null;
  /** All that can be read, markup taken off. */
  readonly text: string;
  /** SHA-256 of each attachment without its line endings, in hexadecimal. */
  readonly files: readonly string[];
}

const spaceless = (text: string) => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();

/** Words that a reader would miss: of three letters or more, or of a script without spaces. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]{3,}/gu) ?? [],
  );

/** What the other says and we do not, a line for each. Empty where all that it says is said by us. */
export function differences(ours: Opinion, other: Opinion): string[] {
  const found: string[] = [];
  const say = (what: string, mine: string, theirs: string) => {
    found.push(
      `${what}: ${JSON.stringify(mine.slice(0, 120))} here, ${JSON.stringify(theirs.slice(0, 120))} there`,
    );
  };
  const [subject, theirSubject] = [spaceless(ours.subject ?? ""), spaceless(other.subject ?? "")];
  if (subject !== theirSubject) say("subject", subject, theirSubject);
  if (other.from !== null) {
    const [mine, theirs] = [ours.from ?? { name: "", address: "" }, other.from];
    if (mine.address.toLowerCase() !== theirs.address.toLowerCase())
      say("sender", mine.address, theirs.address);
    else if (spaceless(mine.name) !== spaceless(theirs.name)) say("sender's name", mine.name, theirs.name);
  }
  const known = wordsOf(ours.text);
  const lost = [...wordsOf(other.text)].filter((word) => !known.has(word));
  if (lost.length > 0) say(`${lost.length} words`, "none", lost.slice(0, 8).join(" "));
  const missing = other.files.filter((file) => !ours.files.includes(file));
  if (missing.length > 0) found.push(`${missing.length} of ${other.files.length} attachments differ`);
  return found;
}
