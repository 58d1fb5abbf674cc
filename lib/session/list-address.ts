import { one } from "./search-params.ts";

export interface ListAddress {
  readonly query: string;
  readonly cursor: string;
}

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** What the address of a list asks for. Gmail takes long searches, and no page needs one of 500 characters. */
export const readListAddress = (params: SearchParams): ListAddress => ({
  query: (one(params.q) ?? "").trim().slice(0, 500),
  cursor: one(params.cursor) ?? "",
});

export function listAddress(accountId: string, label: string, { query, cursor }: ListAddress): string {
  const asked = new URLSearchParams({ ...(query ? { q: query } : {}), ...(cursor ? { cursor } : {}) });
  const path = `/mail/${accountId}/${encodeURIComponent(label)}`;
  return asked.size === 0 ? path : `${path}?${asked}`;
}
