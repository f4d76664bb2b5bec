import { isYamlPath, nameOf, symbolOf } from '../context.ts';
import type { Idiom } from '../idiom.ts';
import { makePin } from '../make-pin.ts';

const KEY = /^(?<repository>(?:https?|oci):\/\/\S+) +(?<chart>[\w./-]+)$/;

/** A file of versions keyed by repository and chart (`https://charts.example.org name: "1.2.3"`), read by a template through `.Files.Get`. */
export const versionsFile: Idiom = {
  name: 'versions-file',
  summary: 'file of versions keyed by "repository chart"',
  find(reading) {
    return reading.paths
      .filter((path) => (isYamlPath(path) || !nameOf(path).includes('.')) && /version/i.test(path) && /^ *(?:https?|oci):\/\/\S+ +[\w./-]+ *:/m.test(reading.text(path)))
      .flatMap((path) => {
        const file = reading.parsed(path);
        return (file?.documents ?? []).flatMap(({ root }) => {
          if (root?.kind !== 'map') return [];
          return root.entries.flatMap((entry) => {
            const key = KEY.exec(entry.key)?.groups;
            if (!key || entry.value.kind !== 'scalar') return [];
            const symbol = symbolOf(file!, entry.value);
            if (symbol.kind !== 'text' || symbol.offset === null) return [];
            const pin = makePin({ file: file!, idiom: 'versions-file', offset: symbol.offset, value: symbol.value, chart: key['chart']!, repository: key['repository']!, application: null, path: false });
            return pin ? [pin] : [];
          });
        });
      });
  },
};
