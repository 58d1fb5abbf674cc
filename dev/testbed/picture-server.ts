/** Somebody else's server that pictures of a mail are on: one that is honest, and others that are not. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { crc32, deflateSync } from "node:zlib";

export interface AskedPicture {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface PictureServer {
  readonly port: number;
  /** Below it each test has a folder of its own: `${url}/my-test/hero.png`. */
  readonly url: string;
  /** What was asked for below a folder, in order. Another process finds the same at `${url}/asked/my-test`. */
  asked(folder: string): AskedPicture[];
  close(): Promise<void>;
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A picture of one colour. @see https://www.w3.org/TR/png-3/ */
function png(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"), ...parts]);
}

const hero = png(600, 200, [184, 134, 60]);
const markup = "<!doctype html><script>alert(1)</script>";
const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "hero.png": (response) => response.writeHead(200, { "content-type": "text/html" }).end(hero),
  "markup.png": (response) => response.writeHead(200, { "content-type": "image/png" }).end(markup),
  "drawing.png": (response) => response.writeHead(200, { "content-type": "image/png" }).end(drawing),
  "inside.png": (response) => response.writeHead(302, { location: "http://169.254.169.254/latest/" }).end(),
  "endless.png": (response) => {
    response.writeHead(200, { "content-type": "image/png" }).write(hero);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", more);
    more();
  },
};

export async function startPictureServer(): Promise<PictureServer> {
  const all: AskedPicture[] = [];
  const asked = (folder: string) => all.filter(({ path }) => path.startsWith(`/${folder}/`));
  const server = createServer(({ url = "", headers }, response) => {
    if (url.startsWith("/asked/")) {
      response.end(JSON.stringify(asked(url.slice("/asked/".length))));
      return;
    }
    all.push({ path: url, headers });
    const name = new URL(url, "http://x").pathname.split("/").at(-1) ?? "";
    (answers[name] ?? (() => response.writeHead(404).end("gone")))(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
