import type { RemotePicture } from "../../domain/remote-content.ts";
import { type MetPicture, trackerOf } from "./tracker-of.ts";

/** The pictures that a mail's markup names and does not bring along. */
export class RemotePictures {
  readonly #met = new Map<string, RemotePicture>();

  /**
   * Notes a picture where it is met.
   * @returns what was met; null where the address leads nowhere, as in a page that was saved with its folder
   */
  note(met: MetPicture): RemotePicture | null {
    const address = remoteAddress(met.url);
    if (address === null) return null;
    const known = this.#met.get(address);
    // What is seen in one place is no tracker in another: it is the same request.
    const tracker = known?.tracker === null ? null : trackerOf({ ...met, url: address });
    const picture = { address, tracker };
    this.#met.set(address, picture);
    return picture;
  }

  all(): RemotePicture[] {
    return [...this.#met.values()];
  }
}

/** http or https, as it would be asked for; null for what is neither. */
export function remoteAddress(written: string): string | null {
  const text = written.replace(/[\t\n\r]/gu, "").trim();
  const address = text.startsWith("//") ? `https:${text}` : text;
  return /^https?:\/\/[^/]/iu.test(address) && URL.canParse(address) ? address : null;
}
