/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // next build checks types a second time otherwise; `npm run check` does, on the whole tree.
  typescript: { ignoreBuildErrors: true },
  // There is nothing to be made smaller; the front door does not let anybody ask.
  images: { unoptimized: true },
  // The front door's own limits, for whoever runs this without it.
  experimental: { serverActions: { bodySizeLimit: "16kb" }, proxyClientMaxBodySize: "20kb" },
  headers: async () => [
    { source: "/fonts/:path*", headers: [{ key: "cache-control", value: "public, max-age=86400" }] },
  ],
  serverExternalPackages: [
    "graphile-worker",
    "pg",
    "piscina",
    "pino",
    "prom-client",
    "googleapis",
    "google-auth-library",
    "@prisma/client",
    "@prisma/adapter-pg",
  ],
};

export default config;
