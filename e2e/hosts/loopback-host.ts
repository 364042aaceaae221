import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from '@playwright/test';
import { toEnvironment, type RunningApp, type StartOptions, type TestDirs } from './host.ts';

const program = path.resolve(import.meta.dirname, '..', '..', 'dist', 'main', 'loopback.js');
const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/;

/** A loopback host without a page, for tests that speak to it themselves. */
export interface LoopbackServer {
  /** The printed address, with the token of this run in its fragment. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built loopback host and waits for the address that it prints. */
export async function startLoopbackServer(dirs: TestDirs, options: StartOptions = {}): Promise<LoopbackServer> {
  const child = spawn(process.execPath, [program, ...(options.args ?? [])], {
    env: toEnvironment(dirs, options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log += `${line}\n`;
      const found = address.exec(line);
      if (found) resolve(found[0]);
    });
    void exited.then(() => reject(new Error(`the loopback host ended before it was ready:\n${log}`)));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  return { url, stop };
}

/** Starts the loopback host and opens its address in a browser context of its own. */
export async function startInBrowser(browser: Browser, dirs: TestDirs, options?: StartOptions): Promise<RunningApp> {
  const server = await startLoopbackServer(dirs, options);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url);
  const stop = async (): Promise<void> => {
    await context.close();
    await server.stop();
  };
  return { page, stop };
}
