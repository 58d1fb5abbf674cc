/** A page of a document, drawn. */
export interface PdfPage {
  /** How many the document has. */
  readonly pages: number;
  /** In pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** What is written on it, for whoever does not see it. */
  readonly words: string;
  readonly png: Uint8Array;
}
