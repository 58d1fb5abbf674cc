/** Where the browser goes after a trip to Google, and the cookies that it is given. */
export interface Landing {
  /** A path on this server. */
  readonly location: string;
  readonly setCookies: readonly string[];
}
