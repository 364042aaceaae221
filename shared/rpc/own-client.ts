import { createClient, type Client } from './client.ts';
import { createMemoryPipe } from './pipe.ts';
import type { Server } from './server.ts';

/** Asks the services as the page does. */
export function createOwnClient(server: Server): Client {
  const pipe = createMemoryPipe();
  server.attach(pipe.server);
  return createClient(pipe.client);
}
