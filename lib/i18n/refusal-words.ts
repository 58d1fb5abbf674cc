/** What a request can be refused for before a page or a route sees it. */
export type RefusalStatus = 400 | 404 | 405 | 408 | 413 | 417 | 429 | 431 | 500;

export interface RefusalWords {
  readonly title: string;
  readonly text: string;
}

const words: Readonly<Record<RefusalStatus, RefusalWords>> = {
  400: { title: "This request cannot be read", text: "The address or what was sent with it is malformed." },
  404: { title: "There is nothing here", text: "The address is wrong, or what it led to is gone." },
  405: {
    title: "This is not done here",
    text: "Latchkey answers GET, HEAD and POST, and no other kind of request.",
  },
  408: {
    title: "This took too long",
    text: "The request did not arrive within the time that it has. Try again.",
  },
  413: {
    title: "This is too much",
    text: "More was sent than any form here needs. Make it shorter and try again.",
  },
  417: {
    title: "This is not expected here",
    text: "The request asks for something that Latchkey does not do.",
  },
  429: { title: "Too many requests", text: "More was asked from here than Latchkey answers in that time." },
  431: {
    title: "Your browser sends too much with each request",
    text: "Most often these are cookies. Remove this site's cookies in the browser's settings, and come again.",
  },
  500: {
    title: "Something went wrong",
    text: "It is not your doing, and it is in the log. Try again in a while.",
  },
};

/** @param afterSeconds when to come again, where that is known */
export function refusalWords(status: RefusalStatus, afterSeconds?: number): RefusalWords {
  const { title, text } = words[status];
  return { title, text: afterSeconds === undefined ? text : `${text} Try again ${inWords(afterSeconds)}.` };
}

function inWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "in a second" : `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
