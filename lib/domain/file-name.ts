/** The name of a file, where it is not what it seems. */

/** A stretch of a name, or what stands for characters that one does not see. */
export type NamePiece = { readonly text: string } | { readonly mark: string };

export type NameTrick =
  /** Characters that turn the direction of those around them: "fdp.exe" reads as "exe.pdf". */
  | "reordered"
  /** Characters without a picture. */
  | "hidden"
  /** Line breaks and other controls. */
  | "breaks"
  /** Steps of a path. */
  | "path"
  /** Spaces that push the end out of sight. */
  | "spaces"
  /** A program behind the extension of a document. */
  | "extensions"
  /** Longer than file systems take. */
  | "long";
