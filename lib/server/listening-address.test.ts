import { expect, it } from "vitest";
import { listeningAddress } from "./listening-address.ts";

it.each([
  ["https://mail.example.org", undefined, "127.0.0.1"],
  ["http://localhost:3000", undefined, "127.0.0.1"],
  ["http://127.0.0.1:3000", undefined, "127.0.0.1"],
  ["http://[::1]:3000", undefined, "::1"],
  ["https://mail.example.org", "0.0.0.0", "0.0.0.0"],
  ["https://mail.example.org", "::", "::"],
])("NEXTAUTH_URL=%s and HOST=%s listen on %s", (NEXTAUTH_URL, HOST, address) => {
  expect(listeningAddress({ NEXTAUTH_URL, HOST })).toBe(address);
});
