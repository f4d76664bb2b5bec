import { readSync, writeSync } from 'node:fs';

/** A message between a Jest worker and its git process: a JSON document and bytes, each behind its length. Both sides wait. */
export interface Frame {
  readonly head: unknown;
  readonly body: Buffer;
}

export function send(pipe: number, { head, body }: Frame): void {
  const text = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  const bytes = Buffer.concat([lengths, text, body]);
  for (let at = 0; at < bytes.length; ) at += writeSync(pipe, bytes, at);
}

/** Null when nobody writes any more. */
export function receive(pipe: number): Frame | null {
  const lengths = read(pipe, 8);
  const head = lengths && read(pipe, lengths.readUInt32BE(0));
  const body = lengths && read(pipe, lengths.readUInt32BE(4));
  return head && body && { head: JSON.parse(head.toString()) as unknown, body };
}

function read(pipe: number, size: number): Buffer | null {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const more = readSync(pipe, bytes, at, size - at, null);
    if (more === 0) return null;
    at += more;
  }
  return bytes;
}
