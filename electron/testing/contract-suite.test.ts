import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { frameLimits } from '../../shared/rpc/frames.ts';
import { createMemoryPipe } from '../../shared/rpc/pipe.ts';
import { contractSuite, createSuiteHost, plantedSecret } from './contract-suite.ts';

function connect() {
  const host = createSuiteHost();
  const pipe = createMemoryPipe();
  const detach = host.server.attach(pipe.server);
  return { ...host, ...pipe, detach };
}

describe('case I-02: the contract over a memory pipe', () => {
  for (const { title, run } of contractSuite) it(title, () => run(connect().client));

  it('case E-23: fails calls under way when the pipe ends, and stops their queries', async () => {
    const { client: end, close, aborted } = connect();
    const client = createClient(end);
    let told = 0;
    client.onDisconnect(() => (told += 1));
    const calls = [client.call('activity.listActivity', {}), client.call('jobs.cancelJob', { id: 'x' })];
    const results = Promise.allSettled(calls);
    await new Promise(setImmediate);
    close();
    for (const result of await results) expect(result).toMatchObject({ reason: { code: 'rpc.disconnected' } });
    await expect(client.call('jobs.listJobs', {})).rejects.toMatchObject({ code: 'rpc.disconnected' });
    expect(told).toBe(1);
    expect(aborted, 'commands go on').toEqual(['activity.listActivity']);
  });

  it('answers nobody after it was detached', async () => {
    const { client: end, detach } = connect();
    const texts: string[] = [];
    end.onMessage((text) => texts.push(text));
    detach();
    end.send('nonsense');
    await new Promise(setImmediate);
    expect(texts).toEqual([]);
  });

  it('does not send a frame that is too long', async () => {
    const client = createClient(connect().client);
    const input = { text: 'x'.repeat(frameLimits.length) };
    await expect(client.call('policies.validatePolicy', input)).rejects.toMatchObject({ code: 'rpc.badFrame' });
  });

  it('tells the log of refusals without their input', async () => {
    const { client: end, faults } = connect();
    const client = createClient(end);
    await expect(client.call('keys.planCleanUp', { name: 7, secret: plantedSecret } as never)).rejects.toBeInstanceOf(
      AppError,
    );
    await expect(client.call('keys.deleteKey', { name: 'x' })).rejects.toBeInstanceOf(AppError);
    expect(faults.map(({ code, method }) => [code, method])).toEqual([
      ['rpc.badInput', 'keys.planCleanUp'],
      ['rpc.internal', 'keys.deleteKey'],
    ]);
    expect(JSON.stringify(faults[0])).not.toContain(plantedSecret);
    expect(faults[1]?.cause).toBeInstanceOf(Error);
  });
});
