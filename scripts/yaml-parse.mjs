// The yardstick of the bench: read every YAML file of a folder and parse it, nothing else.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const folder = process.argv[2];
let documents = 0;
for (const file of readdirSync(folder, { recursive: true })) {
  if (!/\.ya?ml$/.test(file) || file.startsWith('.git')) continue;
  for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) if (document.toJS() !== undefined) documents += 1;
}
console.log(documents);
