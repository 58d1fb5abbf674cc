"use client";

import { ErrorStatement } from "#components/shell/error-statement.tsx";
import { useErrorWords } from "#components/shell/error-words.tsx";

/** What nobody foresaw. The number is in the server's log too. */
export default function ErrorPage(props: Omit<Parameters<typeof ErrorStatement>[0], "words">) {
  return <ErrorStatement {...props} words={useErrorWords()} />;
}
