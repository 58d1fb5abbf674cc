import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "vitest";
import { Egress, type EgressOptions } from "./egress.ts";
import { EgressError } from "./egress-error.ts";
import { type NameServer, startNameServer } from "./name-server.fixture.ts";

/**
 * In these tests 127.0.0.2 stands for the internet, and everything else on this machine for what nobody may reach. Both have a
 * server on the same port.
 */
const outside = "127.0.0.2";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let names: NameServer;
let port: number;
let addressesOf: (name: string, times: number) => readonly string[];
let answer: Answer;
const asked: IncomingMessage[] = [];
const insideAsked: string[] = [];
const servers = [
  createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  }),
  createServer((request, response) => {
    insideAsked.push(request.url ?? "");
    response.end("secret");
  }),
];

beforeAll(async () => {
  const [internet, inside] = servers;
  internet?.listen(0, outside);
  if (internet) await once(internet, "listening");
  const bound = internet?.address();
  port = typeof bound === "object" && bound ? bound.port : 0;
  inside?.listen(port, "127.0.0.1");
  if (inside) await once(inside, "listening");
  const times = new Map<string, number>();
  names = await startNameServer((name) => {
    times.set(name, (times.get(name) ?? 0) + 1);
    return addressesOf(name, times.get(name) ?? 1);
  });
});
afterEach(() => {
  asked.length = 0;
  insideAsked.length = 0;
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await names.close();
});

const egress = (options: EgressOptions = {}) =>
  new Egress({
    nameServers: [names.address],
    mayReach: (address, to) => address === outside && to === port,
    ...options,
  });
const forAccount = { accountId: "one" };
const get = (path: string, options?: EgressOptions, host = "pictures.example") =>
  egress(options).get(`http://${host}:${port}${path}`, "image/png", forAccount);
const codeOf = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof EgressError ? error.code : error;
};
const isOutside = () => {
  addressesOf = () => [outside];
};

describe("a picture's server", () => {
  it("gives its bytes, and learns nothing of who reads", async () => {
    isOutside();
    answer = (_, response) => response.end("picture");
    expect(Buffer.from(await get("/a.png?id=1")).toString()).toBe("picture");
    expect(asked[0]?.url).toBe("/a.png?id=1");
    expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
  });

  it("that is elsewhere the second time it is asked for is asked where it was checked", async () => {
    addressesOf = (_, times) => (times === 1 ? [outside] : ["127.0.0.1"]);
    answer = (_, response) => response.end("picture");
    expect(Buffer.from(await get("/", {}, "rebinds.example")).toString()).toBe("picture");
    expect(names.asked.filter((name) => name === "rebinds.example")).toHaveLength(1);
    expect(await codeOf(get("/", {}, "rebinds.example"))).toBe("forbidden");
    expect(insideAsked).toEqual([]);
  });

  it.each([
    ["leads to this machine", ["127.0.0.1"]],
    ["leads there too", [outside, "127.0.0.1"]],
    ["leads to a cloud's metadata", ["169.254.169.254"]],
  ])("whose name %s is not asked", async (_, addresses) => {
    addressesOf = () => addresses;
    expect(await codeOf(get("/"))).toBe("forbidden");
    expect([...asked, ...insideAsked]).toEqual([]);
  });

  it("without an address is said to have none", async () => {
    addressesOf = () => [];
    expect(await codeOf(get("/"))).toBe("unresolvable");
  });

  it("that does not listen, or breaks off, is said to be out of reach", async () => {
    isOutside();
    answer = (_, response) => response.socket?.destroy();
    expect(await codeOf(get("/"))).toBe("unreachable");
    answer = (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setImmediate(() => response.socket?.destroy());
    };
    expect(await codeOf(get("/"))).toBe("unreachable");
  });

  it.each([204, 206, 304, 404, 500])("that answers %i gives no picture", async (status) => {
    isOutside();
    answer = (_, response) => response.writeHead(status).end();
    expect(await codeOf(get("/"))).toBe("status");
  });
});

describe("an address", () => {
  const real = new Egress();
  it.each([
    ["loopback", "http://127.0.0.1/"],
    ["as one number", "http://2130706433/"],
    ["in hexadecimal", "http://0x7f000001/"],
    ["in octal", "http://0177.0.0.1/"],
    ["shortened", "http://127.1/"],
    ["in full-width digits", "http://１２７.０.０.１/"],
    ["with enclosed digits", "http://①②⑦.0.0.1/"],
    ["with a dot at its end", "http://127.0.0.1./"],
    ["nothing", "http://0/"],
    ["metadata", "http://169.254.169.254/latest/meta-data/"],
    ["metadata, as one number", "http://2852039166/"],
    ["IPv6 loopback", "http://[::1]/"],
    ["IPv4 in IPv6", "http://[::ffff:127.0.0.1]/"],
    ["IPv4 in IPv6, in digits", "http://[::ffff:7f00:1]/"],
    ["NAT64", "http://[64:ff9b::7f00:1]/"],
    ["6to4", "http://[2002:7f00:1::]/"],
    ["another port", "http://8.8.8.8:22/"],
    ["another port of https", "https://8.8.8.8:8443/"],
  ])("%s is refused: %s", async (_, address) => {
    expect(await codeOf(real.get(address, "image/*", forAccount))).toBe("forbidden");
  });

  it.each([
    ["file", "file:///etc/passwd"],
    ["ftp", "ftp://8.8.8.8/a.png"],
    ["gopher", "gopher://8.8.8.8:70/_x"],
    ["data", "data:image/png;base64,AA=="],
    ["a name and a password", "http://user:secret@example.org/a.png"],
    ["a name of this network", "http://intranet/a.png"],
    ["this machine by name", "http://localhost/a.png"],
    ["a dot at the name's end", "http://example.org./a.png"],
    ["nothing", ""],
    ["no host", "http:///"],
    ["an endless one", `http://example.org/${"a".repeat(9_000)}`],
  ])("%s is none that is asked for", async (_, address) => {
    expect(await codeOf(real.get(address, "image/*", forAccount))).toBe("bad-address");
  });
});

describe("a redirect", () => {
  const chain =
    (targets: Record<string, string>): Answer =>
    (request, response) => {
      const target = targets[request.url ?? ""];
      if (target === undefined) response.end("picture");
      else response.writeHead(302, { location: target }).end();
    };

  it("is followed three times, relative ones too", async () => {
    isOutside();
    answer = chain({ "/1": "/2", "/2": `http://other.example:${port}/3`, "/3": "4" });
    expect(Buffer.from(await get("/1")).toString()).toBe("picture");
    expect(asked.map(({ url }) => url)).toEqual(["/1", "/2", "/3", "/4"]);
  });

  it("is not followed a fourth time, nor in a circle, nor to nowhere", async () => {
    isOutside();
    answer = chain({ "/1": "/2", "/2": "/3", "/3": "/4", "/4": "/5", "/round": "/round", "/nowhere": "" });
    expect(await codeOf(get("/1"))).toBe("redirects");
    expect(await codeOf(get("/round"))).toBe("redirects");
    expect(await codeOf(get("/nowhere"))).toBe("redirects");
  });

  it.each([
    ["this machine", () => `http://127.0.0.1:${port}/inside`, "forbidden"],
    ["this machine in another notation", () => `http://0x7f.1:${port}/inside`, "forbidden"],
    ["a name that leads here", () => `http://127.0.0.1.nip.example:${port}/inside`, "forbidden"],
    ["metadata", () => "http://169.254.169.254/latest/meta-data/", "forbidden"],
    ["a file", () => "file:///etc/passwd", "bad-address"],
    ["another port", () => `http://${outside}:1/`, "forbidden"],
  ])("to %s is refused", async (_, target, code) => {
    addressesOf = (name) => (name.includes("nip.example") ? ["127.0.0.1"] : [outside]);
    answer = chain({ "/1": "/2", "/2": target() });
    expect(await codeOf(get("/1"))).toBe(code);
    expect(insideAsked).toEqual([]);
  });
});

describe("an answer", () => {
  const endless: Answer = (_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return;
    };
    response.on("drain", more);
    more();
  };

  it("that never ends is cut off", async () => {
    isOutside();
    answer = endless;
    expect(await codeOf(get("/", { mostBytes: 1_000_000 }))).toBe("too-large");
  });

  it("that says that it is larger is not begun", async () => {
    isOutside();
    answer = (_, response) => response.writeHead(200, { "content-length": "10000001" }).write("x");
    expect(await codeOf(get("/"))).toBe("too-large");
  });

  it.each(["/headers", "/drips"])("that drips past the deadline is given up: %s", async (path) => {
    isOutside();
    answer = (request, response) => {
      const drip = setInterval(() => response.write("x"), 20);
      if (request.url === "/headers") clearInterval(drip);
      response.on("close", () => clearInterval(drip));
    };
    expect(await codeOf(get(path, { deadlineMs: 300 }))).toBe("timeout");
  });

  it("that drips through its redirects has one deadline for all", async () => {
    isOutside();
    answer = (request, response) => {
      const later = setTimeout(() => {
        response.writeHead(302, { location: `${request.url}x` }).end();
      }, 150);
      response.on("close", () => clearTimeout(later));
    };
    expect(await codeOf(get("/", { deadlineMs: 400 }))).toBe("timeout");
  });

  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("is unpacked: %s", async (encoding, pack) => {
    isOutside();
    answer = (_, response) => response.writeHead(200, { "content-encoding": encoding }).end(pack("picture"));
    expect(Buffer.from(await get("/")).toString()).toBe("picture");
  });

  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("that unpacks to far more than it is, is refused: %s", async (encoding, pack) => {
    isOutside();
    const bomb = pack(Buffer.alloc(9_000_000));
    answer = (_, response) => response.writeHead(200, { "content-encoding": encoding }).end(bomb);
    expect(await codeOf(get("/"))).toBe("too-large");
  });

  it.each([
    ["a packing that nobody knows", "zstd", "x"],
    ["twice packed", "gzip, gzip", "x"],
    ["not packed as it says", "gzip", "no gzip at all"],
    ["not packed as it says", "br", "no brotli at all"],
  ])("%s is not read: %s", async (_, encoding, body) => {
    isOutside();
    answer = (_request, response) => response.writeHead(200, { "content-encoding": encoding }).end(body);
    expect(await codeOf(get("/"))).toBe("malformed");
  });

  it("with more headers than any has is not read", async () => {
    isOutside();
    answer = (_, response) => response.writeHead(200, { "x-long": "a".repeat(40_000) }).end("x");
    expect(await codeOf(get("/"))).toBe("malformed");
  });
});

describe("what is under way", () => {
  const places = { perAccount: 2, inAll: 3, waiting: 1 };

  it("is limited for an account and in all, and nobody waits for another's", async () => {
    isOutside();
    const held: ServerResponse[] = [];
    let arrived = () => {};
    answer = (_, response) => {
      held.push(response);
      arrived();
    };
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        arrived = () => held.length >= count && resolve();
        arrived();
      });
    const way = egress({ places });
    const ask = (accountId: string) =>
      way.get(`http://pictures.example:${port}/`, "image/png", { accountId });
    const first = [ask("one"), ask("one"), ask("one")];
    await until(2);
    expect(await codeOf(ask("one"))).toBe("busy");
    const other = ask("two");
    await until(3);
    expect(held).toHaveLength(3);
    const release = () => {
      for (const response of held.splice(0)) response.end("picture");
    };
    release();
    await until(1);
    release();
    expect(await Promise.all([...first, other])).toHaveLength(4);
  });

  it("ends when nobody wants it any more", async () => {
    isOutside();
    const leaving = new AbortController();
    answer = () => leaving.abort();
    const sending = egress().get(`http://pictures.example:${port}/`, "image/png", {
      ...forAccount,
      signal: leaving.signal,
    });
    expect(await codeOf(sending)).toBe("aborted");
  });
});

describe("a form", () => {
  const form = { type: "application/x-www-form-urlencoded", text: "List-Unsubscribe=One-Click" };
  const post = () => egress().post(`http://lists.example:${port}/u?token=1`, form, forAccount);

  it("is sent as it is, and the answer's status told", async () => {
    isOutside();
    const received: string[] = [];
    answer = async (request, response) => {
      for await (const chunk of request) received.push(String(chunk));
      response.writeHead(202).end("thanks");
    };
    expect(await post()).toBe(202);
    expect(received.join("")).toBe(form.text);
    expect(asked[0]?.method).toBe("POST");
    expect(asked[0]?.headers["content-type"]).toBe(form.type);
  });

  it("follows nobody elsewhere, and reads no endless answer", async () => {
    isOutside();
    answer = (_, response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    expect(await post()).toBe(307);
    answer = (_, response) => void response.writeHead(200).write("more and more");
    expect(await post()).toBe(200);
    expect(insideAsked).toEqual([]);
  });

  it("goes nowhere that is not to be reached", async () => {
    addressesOf = () => ["127.0.0.1"];
    expect(await codeOf(post())).toBe("forbidden");
    expect(insideAsked).toEqual([]);
  });
});

test("a proxy that the environment names is not gone through", async () => {
  isOutside();
  answer = (_, response) => response.end("picture");
  const named = ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "NODE_USE_ENV_PROXY"];
  const before = new Map(named.map((name) => [name, process.env[name]]));
  for (const name of named) process.env[name] = `http://127.0.0.1:${port}`;
  try {
    expect(Buffer.from(await get("/")).toString()).toBe("picture");
    expect(insideAsked).toEqual([]);
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});
