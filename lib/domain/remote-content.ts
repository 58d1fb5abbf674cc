/** What a mail would load from elsewhere. Types and counts only: components may import this file. */

export interface Tracker {
  /** Whose it is, by name; null where that is not known. */
  readonly service: string | null;
}

/** A picture that is not in the mail but at an address. */
export interface RemotePicture {
  /** http or https. */
  readonly address: string;
  /** Null for a picture that is there to be seen. */
  readonly tracker: Tracker | null;
}

export interface RemoteContent {
  /** Each address once, in the order in which the mail names them. */
  readonly pictures: readonly RemotePicture[];
}

/** Each address once: a picture that is seen anywhere is no tracker. */
export function withoutRepeats(pictures: readonly RemotePicture[]): RemotePicture[] {
  const seen = pictures.filter(({ tracker }) => tracker === null).map(({ address }) => address);
  const [shown, all] = [new Set(seen), new Map(pictures.map((picture) => [picture.address, picture]))];
  return [...all.values()].map((picture) =>
    shown.has(picture.address) ? { ...picture, tracker: null } : picture,
  );
}

interface Content {
  readonly remoteContent: RemoteContent;
  readonly enclosed: readonly Content[];
}

/** What a message and those within it would load. */
export const allRemote = (content: Content): RemoteContent =>
  content.enclosed.length === 0 ? content.remoteContent : { pictures: withoutRepeats(picturesIn(content)) };

const picturesIn = ({ remoteContent, enclosed }: Content): RemotePicture[] => [
  ...remoteContent.pictures,
  ...enclosed.flatMap(picturesIn),
];

export interface RemoteCounts {
  readonly images: number;
  readonly trackers: number;
  /** The services whose trackers they are, each once. */
  readonly services: readonly string[];
  /** Trackers of services that have no name here. */
  readonly unnamed: number;
}

export function countRemote({ pictures }: RemoteContent): RemoteCounts {
  const trackers = pictures.flatMap(({ tracker }) => tracker ?? []);
  return {
    images: pictures.length,
    trackers: trackers.length,
    unnamed: trackers.filter(({ service }) => service === null).length,
    services: [...new Set(trackers.flatMap(({ service }) => service ?? []))],
  };
}

/** The host that a picture is at. */
export const hostOfPicture = ({ address }: RemotePicture): string =>
  URL.canParse(address) ? new URL(address).hostname : address.slice(0, 100);
