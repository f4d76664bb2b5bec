// Runs git for a Jest worker, one call after the other, until the worker ends: test/sandbox/git-process.ts says why. `node serve.mjs FOLDER`
import { spawnSync } from 'node:child_process';
import { openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const requests = openSync(join(folder, 'requests'), 'r');
const answers = openSync(join(folder, 'answers'), 'w');

for (;;) {
  const lengths = read(8);
  const head = read(lengths.readUInt32BE(0));
  const input = read(lengths.readUInt32BE(4));
  const { args, env } = JSON.parse(head.toString());
  const { status, stdout, stderr, error } = spawnSync('git', args, { env, input, maxBuffer: 1 << 28 });
  answer({ status, said: error === undefined ? stderr.toString() : error.message }, stdout ?? Buffer.alloc(0));
}

function read(size) {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const more = readSync(requests, bytes, at, size - at, null);
    // nobody writes any more: the worker has ended
    if (more === 0) process.exit(0);
    at += more;
  }
  return bytes;
}

function answer(head, body) {
  const text = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  const bytes = Buffer.concat([lengths, text, body]);
  for (let at = 0; at < bytes.length; ) at += writeSync(answers, bytes, at);
}
