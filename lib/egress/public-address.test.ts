import { describe, expect, it } from "vitest";
import { isPublicAddress, isSynthesized } from "./public-address.ts";

describe("an address that nobody else's request may reach", () => {
  it.each([
    ["loopback", "127.0.0.1"],
    ["loopback, further up", "127.255.255.254"],
    ["this network", "0.0.0.0"],
    ["private", "10.1.2.3"],
    ["private", "172.31.255.255"],
    ["private", "192.168.0.1"],
    ["carriers' own", "100.64.0.1"],
    ["Alibaba's metadata", "100.100.100.200"],
    ["link-local: metadata of most clouds", "169.254.169.254"],
    ["Azure's own", "168.63.129.16"],
    ["Oracle's metadata", "192.0.0.192"],
    ["documentation", "192.0.2.1"],
    ["documentation", "198.51.100.7"],
    ["documentation", "203.0.113.9"],
    ["benchmarks", "198.18.0.1"],
    ["6to4 relays", "192.88.99.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["loopback", "::1"],
    ["unspecified", "::"],
    ["link-local", "fe80::1"],
    ["site-local", "fec0::1"],
    ["unique local", "fd12::1"],
    ["Amazon's metadata", "fd00:ec2::254"],
    ["multicast", "ff02::1"],
    ["IPv4 mapped", "::ffff:127.0.0.1"],
    ["IPv4 mapped, a public one", "::ffff:8.8.8.8"],
    ["IPv4 compatible", "::127.0.0.1"],
    ["IPv4 translated", "::ffff:0:127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["NAT64, a network's own", "64:ff9b:1::7f00:1"],
    ["6to4", "2002:7f00:1::"],
    ["Teredo", "2001:0:7f00:1::"],
    ["documentation", "2001:db8::1"],
    ["documentation", "3fff::1"],
    ["benchmarks", "2001:2::1"],
    ["discard", "100::1"],
    ["not given out", "4000::1"],
    ["a zone", "2606:4700::1%eth0"],
    ["no address", "example.org"],
    ["a number", "2130706433"],
    ["octal digits", "0177.0.0.1"],
  ])("%s: %s", (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])(
  "%s is one of the internet's",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

it("knows what name servers make up for networks without IPv4", () => {
  expect(isSynthesized("64:ff9b::808:808")).toBe(true);
  expect(isSynthesized("2606:4700::1111")).toBe(false);
});
