import { defineConfig } from "prisma-cli/config";

// The address of the database is the adapter's business (lib/db); Prisma's command line needs the schema alone.
export default defineConfig({ schema: "prisma/schema.prisma" });
