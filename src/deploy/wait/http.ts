import type { Token } from '../../base/secrets.ts';

export interface HttpAnswer {
  readonly status: number;
  /** Null when it is no JSON, or too long. */
  readonly document: unknown;
}

/** Asks a server for a JSON document. A string says why there is no answer. */
export type Get = (path: string) => Promise<HttpAnswer | string>;

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 8 << 20;

/** @param base without a slash at its end; the token goes to it and, since no redirect is followed, nowhere else */
export function getter(base: string, token: Token | null): Get {
  return async (path) => {
    try {
      const response = await fetch(`${base}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS), headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token.reveal()}` }) } });
      return { status: response.status, document: documentOf(await bodyOf(response)) };
    } catch (error) {
      const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
      if (name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} seconds`;
      if (name === 'TypeError' || cause?.code !== undefined) return `no connection (${cause?.code ?? 'the network'})`;
      throw error;
    }
  };
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function documentOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
