import "server-only";
import { database } from "../../db/client.ts";
import type { Language } from "../../domain/language.ts";
import type { User } from "../../domain/people.ts";

/** Remembers which language somebody chose, for wherever they sign in next. Whoever is gone meanwhile chooses nothing. */
export async function chooseLanguage(user: User, language: Language): Promise<void> {
  await database().user.updateMany({ where: { id: user.id }, data: { language } });
}
