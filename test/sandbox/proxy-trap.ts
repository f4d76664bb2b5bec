import { createServer } from 'node:http';
import { closed, originOf } from './loopback.ts';

/** A proxy that lets nobody through and remembers who asked: whatever wants to leave 127.0.0.1 ends here. */
export interface ProxyTrap {
  readonly environment: Readonly<Record<string, string>>;
  /** Hosts and addresses asked for. */
  readonly attempts: readonly string[];
  close(): Promise<void>;
}

export async function startProxyTrap(): Promise<ProxyTrap> {
  const attempts: string[] = [];
  const server = createServer((request, response) => {
    attempts.push(request.url ?? '');
    response.writeHead(403, { connection: 'close' }).end('nothing beyond the sandbox');
  });
  server.on('connect', (request, socket) => {
    attempts.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = originOf(server);
  return { environment: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '127.0.0.1' }, attempts, close: () => closed(server) };
}
