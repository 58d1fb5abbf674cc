import type { ComponentProps } from "react";

const looks = {
  primary: "h-10 px-4 bg-ink text-paper font-medium hover:opacity-90",
  quiet: "h-8 px-3 border border-line-strong bg-surface text-ink text-sm hover:bg-hover",
  danger: "h-8 px-3 border border-line-strong bg-surface text-bad text-sm hover:bg-bad-wash",
} as const;

type Props = ComponentProps<"button"> & { readonly look?: keyof typeof looks };

/** A button. Forms do the work, so that it works before any script has arrived. */
export function Button({ look = "quiet", className = "", type = "submit", ...rest }: Props) {
  return (
    <button
      type={type}
      className={`inline-flex items-center justify-center gap-2 whitespace-nowrap rounded ${looks[look]} ${className}`}
      {...rest}
    />
  );
}
