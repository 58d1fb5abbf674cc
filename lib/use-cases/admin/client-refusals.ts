import "server-only";
import { database } from "../../db/client.ts";
import { asClientRefusalWord, type ClientRefusalWord } from "../../domain/client-refusal.ts";
import type { Admin } from "../../domain/people.ts";

/** That Google refuses this server's client, for how many accounts and since when. */
export interface ClientRefusals {
  readonly accounts: number;
  readonly since: Date;
  /** Google's words, each once. */
  readonly words: readonly ClientRefusalWord[];
}

/** Null while Google takes the client for every account. */
export async function readClientRefusals(_admin: Admin): Promise<ClientRefusals | null> {
  const refused = await database().account.groupBy({
    by: ["clientRefusal"],
    where: { clientRefusedSince: { not: null } },
    _count: true,
    _min: { clientRefusedSince: true },
  });
  const moments = refused.flatMap(({ _min }) => _min.clientRefusedSince ?? []);
  if (moments.length === 0) return null;
  return {
    accounts: refused.reduce((sum, { _count }) => sum + _count, 0),
    since: new Date(Math.min(...moments.map((moment) => moment.getTime()))),
    words: refused.flatMap(({ clientRefusal }) => asClientRefusalWord(clientRefusal) ?? []).sort(),
  };
}
