import { boundPins } from '../bound.ts';
import { isYamlPath } from '../context.ts';
import { globToRegex } from '../glob.ts';
import type { Idiom } from '../idiom.ts';
import type { Pin } from '../pin.ts';
import { pathsOf } from '../resolve.ts';

/** A version in a file that an ApplicationSet's git generator reads: config.json, app.yaml, a catalog. */
export const gitFileGenerator: Idiom = {
  name: 'git-file-generator',
  summary: 'version in a file that a git generator reads (config.json, app.yaml)',
  find(reading) {
    const pins: Pin[] = [];
    for (const triple of reading.triples) {
      const globs = triple.deployment.generators.files.map(globToRegex);
      if (globs.length === 0) continue;
      for (const steps of pathsOf(triple.version, 'parameters')) {
        for (const path of reading.paths) {
          if (!isYamlPath(path) || !globs.some((glob) => glob.test(path))) continue;
          const file = reading.parsed(path);
          for (const { root } of file?.documents ?? []) {
            // Argo CD takes each element of a list as a parameter set of its own
            const roots = root?.kind === 'list' ? root.items : root ? [root] : [];
            for (const one of roots) pins.push(...boundPins(triple, steps, { file: file!, root: one, fallbacks: [] }, 'git-file-generator'));
          }
        }
      }
    }
    return pins;
  },
};
