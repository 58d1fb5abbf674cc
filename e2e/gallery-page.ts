/** A page there is, and what it takes to stand on it. */
import type { Page } from "@playwright/test";
import type { Control } from "../dev/google/control-client.ts";
import type { NewPerson, NewReader } from "./fixtures.ts";
import type { Store } from "./store.ts";

export interface Stage {
  readonly page: Page;
  readonly google: Control;
  readonly store: Store;
  readonly newPerson: NewPerson;
  readonly newReader: NewReader;
}

export interface GalleryPage {
  readonly name: string;
  /** How its pictures are named. */
  readonly file: string;
  /** Opens the page, and waits until everything on it is there. */
  readonly open: (stage: Stage) => Promise<void>;
}
