import type { Run, TextBlock } from "#lib/domain/readable-message.ts";
import { linkNoteWords } from "#lib/i18n/link-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { FoldingText } from "./folding-text.tsx";

/** Plain text: links that lead out, quoted text folded. */
export function TextBody({
  blocks,
  message,
}: {
  readonly blocks: readonly TextBlock[];
  readonly message: string;
}) {
  return (
    <FoldingText message={message}>
      <Blocks blocks={blocks} />
    </FoldingText>
  );
}

function Blocks({ blocks }: { readonly blocks: readonly TextBlock[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a mail's blocks never move
    <Block key={index} block={block} />
  ));
}

function Block({ block }: { readonly block: TextBlock }) {
  switch (block.kind) {
    case "text":
      return (
        <p className="mb-3.5 whitespace-pre-wrap">
          <Runs runs={block.runs} />
        </p>
      );
    case "signature":
      return (
        <p className="mb-3.5 text-base whitespace-pre-wrap text-ink-3">
          <Runs runs={block.runs} />
        </p>
      );
    case "quote":
      return <Quote block={block} />;
    default:
      return block satisfies never;
  }
}

type QuoteBlock = Extract<TextBlock, { kind: "quote" }>;

function Quote({ block: { folded, attribution, blocks } }: { readonly block: QuoteBlock }) {
  const t = useWords();
  const quote = (
    <blockquote className="mb-3.5 border-l-2 border-line-strong pl-3 text-ink-2">
      <Blocks blocks={blocks} />
    </blockquote>
  );
  const said = attribution.length > 0 && (
    <p className="mb-1.5 text-sm whitespace-pre-wrap text-ink-3">
      <Runs runs={attribution} />
    </p>
  );
  if (!folded) {
    return (
      <>
        {said}
        {quote}
      </>
    );
  }
  return (
    <details className="mb-3.5">
      <summary className="mb-2 inline-block list-none rounded border border-line px-2 text-xs leading-5 text-ink-3 hover:bg-hover [&::-webkit-details-marker]:hidden">
        {t("message.quoted")}
      </summary>
      {said}
      {quote}
    </details>
  );
}

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  const t = useWords();
  return runs.map(({ text, href, note, unbroken }, index) =>
    href === undefined ? (
      unbroken ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: a mail's runs never move
        <span key={index} className="break-all">
          {text}
        </span>
      ) : (
        text
      )
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: a mail's runs never move
        key={index}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        title={href}
        className={`text-brass underline underline-offset-2 ${unbroken ? "break-all" : ""}`}
      >
        {text}
        {note && <LinkNoteMark>{linkNoteWords(t, note)}</LinkNoteMark>}
      </a>
    ),
  );
}

const LinkNoteMark = ({ children }: { readonly children: string }) => (
  <span className="mx-1 inline-block rounded border px-1.5 text-xs leading-[18px] text-warn no-underline">
    {children}
  </span>
);
