import "server-only";
import { database } from "../../db/client.ts";

/** How many data keys are wrapped by keys that are not here. */
export async function accountsWithoutKey(
  keys: readonly string[],
): Promise<{ readonly keyId: string; readonly accounts: number }[]> {
  const groups = await database().dataKey.groupBy({
    by: ["keyId"],
    where: { keyId: { notIn: [...keys] } },
    _count: true,
    orderBy: { keyId: "asc" },
  });
  return groups.map(({ keyId, _count }) => ({ keyId, accounts: _count }));
}
