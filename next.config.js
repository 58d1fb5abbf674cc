/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // next build checks types a second time otherwise; `npm run check` does, on the whole tree.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/fonts/:path*", headers: [{ key: "cache-control", value: "public, max-age=86400" }] },
  ],
  serverExternalPackages: [
    "graphile-worker",
    "pg",
    "pino",
    "googleapis",
    "google-auth-library",
    "@prisma/client",
    "@prisma/adapter-pg",
  ],
};

export default config;
