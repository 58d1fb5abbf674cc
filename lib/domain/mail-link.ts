/** Links of a mail, and what is to be known before one follows them. Components may import this file. */

export type LinkFlag =
  /** Its text names another site than the one it leads to. */
  | "other-site"
  /** The name of its site is written so that it is taken for another. */
  | "look-alike"
  /** Its site has a number instead of a name. */
  | "number"
  /** What stands before an at sign looks like a site and is none. */
  | "disguised"
  /** A service that shortens addresses: where it leads is not to be known. */
  | "shortened";

export interface LinkNote {
  readonly flag: LinkFlag;
  /** Where the link leads, as DNS has it. */
  readonly site: string;
}

/** A link of which there is something to say. */
export interface MailLink {
  /** What one reads. */
  readonly text: string;
  /** Where it leads. */
  readonly href: string;
  /** As the mail has it, where something was taken off. */
  readonly original: string | null;
  readonly note: LinkNote | null;
}

interface Content {
  readonly links: readonly MailLink[];
  readonly enclosed: readonly Content[];
}

/** Those of a message and of the messages within it. */
export const allLinks = ({ links, enclosed }: Content): MailLink[] => [
  ...links,
  ...enclosed.flatMap(allLinks),
];
