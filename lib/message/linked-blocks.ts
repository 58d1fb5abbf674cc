/** The links of a text: without what only tells who has clicked, and with a note where they mislead. */

import type { MailLink } from "../domain/mail-link.ts";
import type { Run, TextBlock } from "../domain/readable-message.ts";
import { cleanLink } from "./links/clean-link.ts";
import { judgeLink } from "./links/judge-link.ts";

/** Of more there is nothing to read for anybody. */
const listedLinks = 200;

/** The blocks with their links as they are opened. @param told takes those of which there is something to say */
export function linkedBlocks(blocks: readonly TextBlock[], told: MailLink[]): TextBlock[] {
  const linked = (runs: readonly Run[]) => runs.map((run) => linkedRun(run, told));
  return blocks.map((block) =>
    block.kind === "quote"
      ? { ...block, attribution: linked(block.attribution), blocks: linkedBlocks(block.blocks, told) }
      : { ...block, runs: linked(block.runs) },
  );
}

/** Its text is the address itself, so it names no other site. */
function linkedRun(run: Run, told: MailLink[]): Run {
  if (run.href === undefined) return run;
  const { href, original } = cleanLink(run.href);
  const note = judgeLink(href, "");
  if (note === null && original === null) return run;
  const isKnown = told.some((link) => link.href === href && link.original === original);
  if (!isKnown && told.length < listedLinks)
    told.push({ text: run.text.slice(0, 200), href, original, note });
  return { ...run, href, ...(note && { note }) };
}
