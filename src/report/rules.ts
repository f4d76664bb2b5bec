import { docsUrl, type Rule } from '../lint/rule.ts';
import type { Style } from '../base/style.ts';

export function rulesJson(rules: readonly Rule[]): string {
  const document = {
    version: 1,
    rules: rules.map(({ name, severity, summary, fixable }) => ({ name, severity, summary, fixable, url: docsUrl(name) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function rulesTable(rules: readonly Rule[], style: Style): string {
  const width = Math.max(...rules.map(({ name }) => name.length));
  const paint = { error: style.red, warning: style.yellow, info: style.blue };
  return rules
    .map(({ name, severity, summary, fixable }) => {
      const indent = ' '.repeat(width + 2);
      return [
        `${style.bold(name.padEnd(width))}  ${paint[severity](severity)}${fixable ? ', fixable' : ''}`,
        `${indent}${summary}`,
        `${indent}${style.dim(docsUrl(name))}`,
        '',
      ].join('\n');
    })
    .join('');
}
