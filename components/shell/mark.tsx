/** The product's name and sign. A plain link: error pages have it too, and are sent with every page. */
export function Mark({
  href = "/mail",
  className = "",
}: {
  readonly href?: string;
  readonly className?: string;
}) {
  return (
    <a
      href={href}
      className={`flex items-center gap-2.5 rounded px-2 py-1 font-semibold tracking-tight ${className}`}
    >
      <KeyGlyph />
      Latchkey
    </a>
  );
}

function KeyGlyph() {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="size-5 text-brass-mark"
    >
      <circle cx="6.4" cy="10" r="3.9" />
      <path d="M10.3 10H18M15 10v3.2M17.9 10v2.2" />
    </svg>
  );
}
