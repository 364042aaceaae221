import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcessRequest } from '../domain/ports.ts';
import { createProcessRunner } from './process-runner.ts';

const never = new AbortController().signal;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkan-run-'));
  const script = (name: string, body: string, mode = 0o755): void => {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(folder, name), mode);
  };
  script('echoing', 'cat; echo "$1" >&2; exit 3');
  script('telling', 'echo "$NOTATION_PASSWORD|$KEPT"');
  script('sleeping', 'exec sleep 20');
  script('flooding', 'exec yes');
  script('forking', 'sleep 20 & echo $! >"$0.pid"; exec sleep 20');
  script('dying', 'echo "{}"; kill -9 $$');
  script('plain', 'true', 0o644);
  mkdirSync(path.join(folder, 'directory'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const runner = () =>
  createProcessRunner({ PATH: `relative:${folder}:/usr/bin:/bin`, NOTATION_PASSWORD: 'secret', KEPT: 'yes' });
const requestOf = (program: string, more: Partial<ProcessRequest> = {}): ProcessRequest => ({
  program,
  args: [],
  stdin: new Uint8Array(),
  timeoutMs: 10_000,
  maxOutputBytes: 1000,
  ...more,
});

describe.skipIf(process.platform === 'win32')('a program', () => {
  it('gets its input, and gives its output and status', async () => {
    const { exitCode, stdout, stderr } = await runner().run(
      requestOf('echoing', { args: ['$(id); x'], stdin: Buffer.from('in') }),
      never,
    );
    expect([exitCode, Buffer.from(stdout).toString(), Buffer.from(stderr).toString()]).toEqual([3, 'in', '$(id); x\n']);
  });

  it('case E-23: that is killed does not end as if it had finished', async () => {
    expect((await runner().run(requestOf('dying'), never)).exitCode).toBe(-1);
  });

  it("does not get Notation's own credentials", async () => {
    expect(Buffer.from((await runner().run(requestOf('telling'), never)).stdout).toString()).toBe('|yes\n');
  });

  it('is found only as an executable file in absolute folders of PATH', async () => {
    const found = await Promise.all(
      ['echoing', 'plain', 'directory', 'absent', '../echoing', `${path.basename(folder)}/echoing`].map((name) =>
        runner().find(name),
      ),
    );
    expect(found).toEqual([path.join(folder, 'echoing'), undefined, undefined, undefined, undefined, undefined]);
    await expect(runner().run(requestOf('absent'), never)).rejects.toThrow('absent was not found');
  });

  it('is ended when it takes too long or writes too much', async () => {
    await expect(runner().run(requestOf('sleeping', { timeoutMs: 100 }), never)).rejects.toThrow(
      'took longer than 100 ms',
    );
    await expect(runner().run(requestOf('flooding'), never)).rejects.toThrow('wrote more than 1000 bytes');
  });

  it('is ended with what it started', async () => {
    await expect(runner().run(requestOf('forking', { timeoutMs: 300 }), never)).rejects.toMatchObject({
      kind: 'timeout',
      limit: 300,
    });
    const child = Number(readFileSync(path.join(folder, 'forking.pid'), 'utf8'));
    const isRunning = () =>
      existsSync(`/proc/${child}/stat`) && !/ Z /.test(readFileSync(`/proc/${child}/stat`, 'utf8'));
    await expect.poll(isRunning).toBe(false);
  });

  it('is ended within 200 ms when cancelled', async () => {
    const controller = new AbortController();
    const running = runner()
      .run(requestOf('sleeping'), controller.signal)
      .catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    controller.abort(new Error('enough'));
    expect(await running).toMatchObject({ message: 'enough' });
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('may end before it has read its input', async () => {
    const { exitCode } = await runner().run(requestOf('/bin/true', { stdin: new Uint8Array(1 << 20) }), never);
    expect(exitCode).toBe(0);
  });
});
