import { Face } from "#components/shell/account-switcher.tsx";
import { Time } from "#components/ui/time.tsx";
import type { MailAddress } from "#lib/message/types.ts";

interface Props {
  readonly from: MailAddress | null;
  readonly at: Date;
  readonly zone: string;
  /** To whom it went, and how. */
  readonly facts: string;
}

/** Who sent a message, and when. */
export function Sender({ from, at, zone, facts }: Props) {
  return (
    <div className="mt-3.5 grid grid-cols-[36px_1fr] items-center gap-x-3 border-t border-line py-4 md:grid-cols-[36px_1fr_auto]">
      <div className="grid size-9 place-items-center [&>span]:size-9 [&>span]:text-base">
        <Face name={from?.name ?? from?.address ?? "?"} />
      </div>
      <div className="min-w-0">
        <p className="break-words">
          <span className="font-semibold">{from?.name ?? from?.address ?? "(unknown sender)"}</span>{" "}
          {from?.name && <span className="text-sm text-ink-3">{from.address}</span>}
        </p>
        <p className="text-xs break-words text-ink-3">{facts}</p>
      </div>
      <Time at={at} zone={zone} className="text-xs text-ink-3 max-md:col-start-2 max-md:mt-1" />
    </div>
  );
}
