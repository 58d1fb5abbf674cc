/** A name server on this machine that answers what a test says, also another thing the second time. */

import { createSocket } from "node:dgram";
import { once } from "node:events";

/** IPv4 addresses of a name; empty where it has none. Asked once for each question of type A. */
export type Answers = (name: string) => readonly string[];

export interface NameServer {
  readonly address: string;
  /** Names that were asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

const typeA = 1;

/** @see https://www.rfc-editor.org/rfc/rfc1035#section-4 */
export async function startNameServer(answers: Answers): Promise<NameServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (question, { port, address }) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
      labels.push(question.toString("latin1", at + 1, at + 1 + length));
      at += 1 + length;
    }
    const end = at + 5;
    const isA = question.readUInt16BE(at + 1) === typeA;
    const name = labels.join(".").toLowerCase();
    if (isA) asked.push(name);
    const found = isA ? answers(name) : [];
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(found.length, 6);
    head.writeUInt16BE(0, 8);
    head.writeUInt16BE(0, 10);
    const records = found.map((ip) =>
      Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 0, 0, 4, ...ip.split(".").map(Number)]),
    );
    socket.send(Buffer.concat([head, question.subarray(12, end), ...records]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: async () => {
      socket.close();
      await once(socket, "close");
    },
  };
}
