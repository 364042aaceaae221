import { describe, expect, it } from 'vitest';
import { createMemoryPipe } from './pipe.ts';
import type { Server } from './server.ts';
import { createWaitingServer } from './waiting-server.ts';

/** Notes what it is told, and answers each text with the same. */
function createEcho() {
  const told: string[] = [];
  const server: Server = {
    publish: (event) => void told.push(`event ${event}`),
    attach: (pipe) => {
      pipe.onMessage((text) => {
        told.push(text);
        pipe.send(`${text}!`);
      });
      pipe.onClose?.(() => void told.push('closed'));
      return () => void told.push('detached');
    },
  };
  return { told, server };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function attachClient(waiting: Server) {
  const pipe = createMemoryPipe();
  const heard: string[] = [];
  pipe.client.onMessage((text) => void heard.push(text));
  return { pipe, heard, detach: waiting.attach(pipe.server) };
}

describe('createWaitingServer', () => {
  it('gives what was said before to the server, in order, and everything after at once', async () => {
    const waiting = createWaitingServer();
    const { told, server } = createEcho();
    const { pipe, heard, detach } = attachClient(waiting);
    pipe.client.send('one');
    pipe.client.send('two');
    await settled();
    waiting.publish('config.changed', { area: 'settings' });
    expect(heard).toEqual([]);
    waiting.open(server);
    pipe.client.send('three');
    await settled();
    waiting.publish('config.changed', { area: 'settings' });
    expect(told).toEqual(['one', 'two', 'three', 'event config.changed']);
    expect(heard).toEqual(['one!', 'two!', 'three!']);
    detach();
    expect(told.at(-1)).toBe('detached');
  });

  it('does not let in who has left before', async () => {
    const waiting = createWaitingServer();
    const { told, server } = createEcho();
    const [left, closed] = [attachClient(waiting), attachClient(waiting)];
    left.pipe.client.send('one');
    closed.pipe.client.send('two');
    await settled();
    left.detach();
    closed.pipe.close();
    waiting.open(server);
    await settled();
    expect(told).toEqual([]);
  });

  it('tells the server of an end that comes later, and lets later clients in at once', async () => {
    const waiting = createWaitingServer();
    const { told, server } = createEcho();
    const early = attachClient(waiting);
    waiting.open(server);
    const late = attachClient(waiting);
    late.pipe.client.send('late');
    early.pipe.close();
    await settled();
    expect(told).toContain('closed');
    expect(late.heard).toEqual(['late!']);
  });
});
