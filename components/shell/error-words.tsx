"use client";

import { createContext, type ReactNode, use } from "react";
import type { ErrorWords } from "#lib/i18n/error-words.ts";

const Context = createContext<ErrorWords | null>(null);

interface Props {
  readonly words: ErrorWords;
  readonly children: ReactNode;
}

/** Hands the words of the error page to it. */
export const ErrorWordsProvider = ({ words, children }: Props) => <Context value={words}>{children}</Context>;

/** Null where even the layout failed. */
export const useErrorWords = (): ErrorWords | null => use(Context);
