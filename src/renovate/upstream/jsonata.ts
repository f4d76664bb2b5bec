import jsonata from 'renovate-jsonata';

/**
 * Stands in for the `jsonata` package as Renovate sees it: its jsonata manager parses the query anew for each file (custom/jsonata/utils.js,
 * 44.121.2), some milliseconds each time. Bindings, even none, give each evaluation a frame of its own, so nothing stays from file to file.
 */
interface Expression {
  evaluate(input: unknown, bindings?: object): Promise<unknown>;
}

const parsed = new Map<string, Expression>();

export default function cachedJsonata(query: string): Expression {
  let expression = parsed.get(query);
  if (expression === undefined) {
    const whole = jsonata(query) as Expression;
    expression = { ...whole, evaluate: (input, bindings) => whole.evaluate(input, bindings ?? {}) };
    parsed.set(query, expression);
  }
  return expression;
}
