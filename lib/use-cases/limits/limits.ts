/**
 * How much of what is dear, or is guessing, may be asked for. An address may be an office: by address is counted only what
 * people do once in days; what they do all day is counted by person.
 */
export const limits = {
  /** Session cookies that no session has: each different one is a guess. */
  "session-guess": { points: 100, seconds: 600 },
  /** Ways to Google that are begun. */
  "sign-in": { points: 300, seconds: 600 },
  /** Ways back that end in nothing; each may have spent a request at Google's token endpoint. */
  "failed-sign-in": { points: 60, seconds: 600 },
  /** A person's searches: each asks Google. */
  search: { points: 60, seconds: 60 },
  /**
   * A person's searches that were counted a moment ago: an open page draws its search again when its mailbox changes.
   */
  "search-again": { points: 300, seconds: 60 },
  /** A person's attachments and whole messages; a newsletter shows dozens of pictures at once. */
  download: { points: 300, seconds: 60 },
  /** A person's requests to leave mailing lists: each goes out to a server that a mail names. */
  unsubscribe: { points: 20, seconds: 600 },
  /** Pictures from elsewhere, which this server fetches for a person: a hundred in a newsletter, and newsletters one after the other. */
  image: { points: 1_200, seconds: 60 },
  /** What a person or an admin changes. */
  change: { points: 60, seconds: 60 },
} as const;

export type LimitName = keyof typeof limits;
