/** A message's subject, as the heading of its page. */
export function Subject({ text }: { readonly text: string | null }) {
  return <h1 className="text-2xl font-semibold tracking-tight break-words">{text ?? "(no subject)"}</h1>;
}
