import type { Redact, Token } from '../../src/base/secrets.ts';
import { json, text, type Incoming, type Reply, type Route } from './http.ts';
import type { Metrics } from './metrics.ts';
import { isSecret, SECRET_VARIABLE } from './secret.ts';
import type { State } from './state.ts';
import { statusHtml, statusJson, STATUS_POLICY, type About } from './status.ts';
import { wishOf, type Own, type Wish } from './webhook.ts';

export interface RoutesOptions {
  readonly about: About;
  state(): State;
  /** Why the service is not ready; null when it is. */
  unready(): string | null;
  readonly metrics: Metrics;
  /** Null when none is configured: then nobody may send events. */
  readonly secret: Token | null;
  own(): Own;
  selects(project: string): boolean;
  readonly redact: Redact;
  /** False when it was queued already. */
  enqueue(wish: Wish): boolean;
}

export function routesOf({ about, state, unready, metrics, secret, own, selects, redact, enqueue }: RoutesOptions): Readonly<Record<string, Route>> {
  async function webhook({ headers, body }: Incoming): Promise<Reply> {
    if (secret === null) return refused(403, `no webhook secret is configured (${SECRET_VARIABLE})`);
    const given = headers['x-gitlab-token'];
    if (typeof given !== 'string' || !isSecret(given, secret)) return refused(401, 'the secret token is missing or wrong');
    if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) return refused(415, 'events are sent as application/json');
    const bytes = await body();
    if (bytes === null) return refused(413, 'the event is too long');
    const wish = wishOf(parsed(bytes), own());
    if (wish === 'unreadable') return refused(400, 'this is no event of GitLab');
    if (wish === null) return ignored('nothing that a run is needed for');
    if (!selects(wish.project)) return ignored('the configuration does not select this project');
    const queued = enqueue(wish);
    metrics.webhook(queued ? 'queued' : 'already-queued');
    return json(202, { queued, ...(queued ? {} : { reason: 'it is queued already' }) });
  }

  function refused(status: number, reason: string): Reply {
    metrics.webhook('refused');
    return json(status, { error: reason });
  }

  function ignored(reason: string): Reply {
    metrics.webhook('ignored');
    return json(202, { queued: false, reason });
  }

  function ready(): Reply {
    const reason = unready();
    return reason === null ? text(200, 'ready') : text(503, reason);
  }

  function status(): Reply {
    const reply = json(200, statusJson(state(), about));
    return { ...reply, body: redact(reply.body) };
  }

  return {
    '/': { method: 'GET', answer: () => ({ status: 200, type: 'text/html; charset=utf-8', body: redact(statusHtml(state(), about)), headers: { 'content-security-policy': STATUS_POLICY } }) },
    '/api/status': { method: 'GET', answer: status },
    '/healthz': { method: 'GET', answer: () => text(200, 'alive') },
    '/readyz': { method: 'GET', answer: ready },
    '/metrics': { method: 'GET', answer: async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }) },
    '/webhook': { method: 'POST', answer: webhook },
  };
}

/** Undefined for what is no JSON. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
