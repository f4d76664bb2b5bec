import { randomUUID } from 'node:crypto';
import type { Message } from './state.ts';

/** Sends what stands in the outbox, as GitLab's web_hook_service.rb does: one after the other for each webhook, to loopback only. */
export interface Delivery {
  readonly project: string;
  readonly url: string;
  /** `Push Hook` */
  readonly event: string;
  /** The document sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the receiver answered; null when nobody did, `left out` for an address beyond 127.0.0.1. */
  readonly status: number | null | 'left out';
}

export interface Postman {
  readonly deliveries: readonly Delivery[];
  /** Empties the outbox; nobody waits for it. */
  post(outbox: Message[], origin: string): void;
  /** When all is delivered, what deliveries set off as well. */
  delivered(): Promise<void>;
  close(): Promise<void>;
}

/** GitLab's default. */
const TIMEOUT_MS = 10_000;

export function openPostman(): Postman {
  const deliveries: Delivery[] = [];
  const queues = new Map<number, Promise<void>>();
  const end = new AbortController();

  async function send(message: Message, origin: string): Promise<void> {
    const status = isLoopback(message.hook.url) ? await statusOf(message, origin, end.signal) : ('left out' as const);
    deliveries.push({ project: message.project, url: message.hook.url, event: message.event, body: JSON.parse(message.body) as Delivery['body'], status });
  }

  async function delivered(): Promise<void> {
    for (let waiting = [...queues.values()]; ; ) {
      await Promise.all(waiting);
      const later = [...queues.values()];
      if (later.every((queue, index) => queue === waiting[index])) return;
      waiting = later;
    }
  }

  return {
    deliveries,
    post: (outbox, origin) => {
      for (const message of outbox.splice(0)) queues.set(message.hook.id, (queues.get(message.hook.id) ?? Promise.resolve()).then(() => send(message, origin)));
    },
    delivered,
    close: async () => {
      end.abort();
      await delivered();
    },
  };
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(url)?.hostname ?? '');
}

async function statusOf({ hook, event, body }: Message, origin: string, signal: AbortSignal): Promise<number | null> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitLab/18.5.0',
    'idempotency-key': randomUUID(),
    'x-gitlab-event': event,
    'x-gitlab-event-uuid': randomUUID(),
    'x-gitlab-webhook-uuid': randomUUID(),
    'x-gitlab-instance': origin,
    ...(hook.token === null ? {} : { 'x-gitlab-token': hook.token }),
  };
  try {
    const response = await fetch(hook.url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
