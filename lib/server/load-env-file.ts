import { existsSync } from "node:fs";
import { loadEnvFile as load } from "node:process";

/** Reads `.env` from the working directory, where there is one. What the environment already has, stays. */
export function loadEnvFile(): void {
  if (existsSync(".env")) load(".env");
}
