import type { ImageProblem } from "../domain/egress-problem.ts";
import { imageProblemWords } from "../i18n/image-words.ts";
import type { Words } from "../i18n/words.ts";
import type { RemoteImage } from "../use-cases/messages/read-remote-image.ts";
import type { Served } from "./answer-outcome.ts";

/** As long as a message is read and read again: each time that it is fetched anew, its server learns of it. */
const keptSeconds = 600;

/** A picture of a mail, or a drawing of ours that says in its place why there is none. */
export function imageAnswer(t: Words, image: RemoteImage): Served {
  if (image.ok) {
    const headers = { "content-type": image.type, "cache-control": `private, max-age=${keptSeconds}` };
    return { body: new Uint8Array(image.bytes), headers };
  }
  return {
    body: drawing(imageProblemWords(t, image.problem)),
    status: statusOf(image.problem),
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  };
}

/** Browsers draw what comes, whatever its status. No 5xx: proxies put pages of their own into their place. */
const statusOf = (problem: ImageProblem): number => (problem === "busy" ? 429 : 424);

/** Without a size and a view box: it takes the picture's place, and its words keep their size. */
const drawing = (words: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>${words}</title><style>
rect{width:calc(100% - 2px);height:calc(100% - 2px);fill:none;stroke:#8f887b;stroke-dasharray:4 3}text{font:12px system-ui,sans-serif;fill:#766f64}
@media (prefers-color-scheme:dark){text{fill:#a39c8f}}
</style><rect x="1" y="1" rx="4"/><text x="8" y="20">${words}</text></svg>
`;
