// Loaded before a measured program: writes its peak resident memory in MB when it ends.
import { writeFileSync } from 'node:fs';

const file = process.env['PEAK_FILE'];
if (file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1024)));
