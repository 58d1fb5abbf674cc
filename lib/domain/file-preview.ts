import type { PdfPage } from "./pdf-page.ts";

/** What a page shows of an attachment; `look` is null where its content is not what its name says, or nothing that can be shown. */
export type FilePreview =
  | { readonly look: "picture" }
  | { readonly look: "sound" }
  | { readonly look: null }
  | ({ readonly look: "pages"; readonly page: number } & Omit<PdfPage, "png">)
  | {
      readonly look: "text";
      readonly runs: readonly { readonly text: string; readonly unbroken: boolean }[];
      readonly charset: string;
      /** How much of it is here; null for all. */
      readonly shownBytes: number | null;
    }
  | {
      readonly look: "table";
      readonly rows: readonly (readonly string[])[];
      readonly charset: string;
      readonly isCut: boolean;
    };
