import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  note: { look: "bg-idle-wash text-ink-2", Icon: Info },
  warn: { look: "bg-warn-wash text-warn", Icon: TriangleAlert },
  bad: { look: "bg-bad-wash text-bad", Icon: CircleAlert },
} as const;

interface Props {
  readonly tone: keyof typeof tones;
  readonly children: ReactNode;
  /** One thing to do about it. */
  readonly action?: ReactNode;
}

/** One honest sentence above the page, and what to do. */
export function Banner({ tone, children, action }: Props) {
  const { look, Icon } = tones[tone];
  return (
    <div
      role={tone === "note" ? "status" : "alert"}
      className={`mx-4 mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded px-3 py-2 text-sm md:mx-5 ${look}`}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden className="flex-none" />
      <p className="min-w-52 flex-1">{children}</p>
      {action}
    </div>
  );
}
