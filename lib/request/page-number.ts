import { z } from "zod";

const schema = z
  .string()
  .regex(/^[1-9]\d{0,4}$/u)
  .transform(Number);

/** A page of a document as addresses name it, from 1 on; null for anything else. */
export const pageNumber = (text: unknown): number | null => schema.safeParse(text).data ?? null;
