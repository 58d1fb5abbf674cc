"use client";

import { useState } from "react";
import { BodyFrame } from "./body-frame.tsx";

interface Props {
  /** What stands behind the text that is shown, for a frame. */
  readonly rest: string;
  /** All of the text, as a page of its own: where this script does not run, the link leads there. */
  readonly all: string;
  readonly message: string;
  readonly sandbox: string;
  readonly words: {
    readonly showAll: string;
    readonly title: string;
    readonly fullSize: string;
    readonly fit: string;
  };
}

/** There is more of it than a window holds. */
const expectedPx = 10_000;

/** The rest of a long text: nothing is asked for before somebody wants it. A lazy frame would be asked for without scripts. */
export function RestOfText({ rest, all, message, sandbox, words }: Props) {
  const [isShown, setShown] = useState(false);
  if (isShown) {
    return (
      <BodyFrame
        src={rest}
        sandbox={sandbox}
        message={`${message}/rest`}
        title={words.title}
        heightPx={expectedPx}
        fullSizeText={words.fullSize}
        fitText={words.fit}
      />
    );
  }
  return (
    <a
      href={all}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        setShown(true);
      }}
      className="mb-3.5 inline-block rounded border border-line px-3 py-1 text-sm hover:bg-hover"
    >
      {words.showAll}
    </a>
  );
}
