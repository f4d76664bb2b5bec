// Runs git for a Jest worker, one call after the other, until the worker ends: test/sandbox/git-process.ts says why. `node serve.ts FOLDER`
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { gitDirectly, type GitCall } from './directly.ts';
import { receive, send } from './frames.ts';

const folder = process.argv[2]!;
const requests = openSync(join(folder, 'requests'), 'r');
const answers = openSync(join(folder, 'answers'), 'w');

for (let call = receive(requests); call !== null; call = receive(requests)) {
  const { stdout, ...head } = gitDirectly(call.head as GitCall, call.body);
  send(answers, { head, body: stdout });
}
