/** The functions of libmime used here; the package brings no types. */
declare module "libmime" {
  interface HeaderValue {
    readonly value: string | false;
    readonly params: Readonly<Record<string, string>>;
  }
  const libmime: {
    /** Decodes RFC 2047 encoded words. Throws nothing; unknown charsets are read as UTF-8. */
    decodeWords(text: string): string;
    /** Splits `value; key=value`, joining and decoding RFC 2231 continuations. */
    parseHeaderValue(text: string): HeaderValue;
    /** The usual name of a charset: `win-1257` becomes `windows-1257`. */
    normalizeCharset(charset: string): string;
    /** RFC 2047 encoded words, where the text needs them. */
    encodeWords(text: string, encoding: "B" | "Q"): string;
    /** The usual media type of a file by its name. */
    detectMimeType(filename: string): string;
    /** The usual file extension of a media type, "bin" where there is none. */
    detectExtension(mimeType: string): string;
  };
  export default libmime;
}
