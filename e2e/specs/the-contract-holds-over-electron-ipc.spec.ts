import type { ElectronApplication, Page } from '@playwright/test';
import type { Pipe } from '../../shared/rpc/pipe.ts';
import { contractSuite } from '../../electron/testing/contract-suite.ts';
import { startContractApp } from '../hosts/contract-app.ts';
import { expect, test } from '../hosts/fixtures.ts';

type Texts = string[];
interface PageGlobals {
  inkanPipe: Pipe;
  received: Texts;
}

/** The page's end of the pipe, reached from here: what the page is sent is fetched from it in order. */
async function createPagePipe(page: Page): Promise<Pipe & { stop(): void }> {
  await page.reload();
  await page.evaluate(() => {
    const globals = globalThis as unknown as PageGlobals;
    globals.received = [];
    globals.inkanPipe.onMessage((text) => globals.received.push(text));
  });
  let listener = (_text: string) => {};
  let waiting: string[] = [];
  let running = true;
  const pump = async () => {
    while (running) {
      const texts = waiting;
      waiting = [];
      const received = await page.evaluate((sent) => {
        const globals = globalThis as unknown as PageGlobals;
        for (const text of sent) globals.inkanPipe.send(text);
        return globals.received.splice(0);
      }, texts);
      for (const text of received) listener(text);
    }
  };
  const pumping = pump();
  return {
    send: (text) => void waiting.push(text),
    onMessage: (next) => void (listener = next),
    stop: async () => {
      running = false;
      await pumping;
    },
  };
}

const refusalsOf = (electron: ElectronApplication) =>
  electron.evaluate(() => (globalThis as unknown as { refusals: Texts }).refusals.splice(0));

test.describe('the contract over Electron IPC', { tag: '@electron' }, () => {
  test('cases I-01, I-02, I-04: keeps every rule of the suite, and answers only the main frame of its own page', async ({
    dirs,
  }) => {
    const { electron, page } = await startContractApp(dirs);
    for (const { title, run } of contractSuite) {
      await test.step(title, async () => {
        const pipe = await createPagePipe(page);
        await run(pipe);
        await pipe.stop();
      });
    }
    expect(await refusalsOf(electron)).toEqual([]);

    await test.step('refuses other windows, data pages and frames', async () => {
      const answers = await electron.evaluate(async ({ BrowserWindow }) => {
        const { preload } = globalThis as unknown as { preload: string };
        const ask = `new Promise((resolve) => {
          inkanPipe.onMessage(resolve);
          inkanPipe.send('{"type":"call","id":1,"method":"jobs.listJobs","input":{}}');
        })`;
        const answers: unknown[] = [];
        for (const url of ['app://inkan/', 'data:text/html,x', 'about:blank']) {
          const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
          await window.loadURL(url);
          answers.push(JSON.parse((await window.webContents.executeJavaScript(ask)) as string));
          window.destroy();
        }
        return answers;
      });
      const refused = { type: 'failure', id: null, error: { code: 'rpc.refusedSender', details: {} } };
      expect(answers).toEqual([refused, refused, refused]);
      expect(await refusalsOf(electron)).toEqual(['sender', 'sender', 'sender']);
    });

    await test.step('refuses to go anywhere', async () => {
      await page.evaluate(() => {
        const link = document.createElement('a');
        link.href = 'https://evil.example/';
        link.click();
        location.href = 'file:///etc/passwd';
        if (window.open('https://evil.example/') !== null) throw new Error('a window was opened');
        const add = (markup: (document: Document) => HTMLElement) => document.body.appendChild(markup(document));
        const refresh = document.createElement('meta');
        refresh.httpEquiv = 'refresh';
        refresh.content = '0; url=https://evil.example/';
        document.head.append(refresh);
        const blank = add(() => Object.assign(document.createElement('a'), { href: 'https://evil.example/' }));
        blank.setAttribute('target', '_blank');
        blank.click();
        blank.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }));
        const form = document.createElement('form');
        Object.assign(form, { action: 'https://evil.example/', method: 'post' });
        document.body.append(form);
        form.submit();
        add(() => Object.assign(document.createElement('iframe'), { src: 'https://evil.example/' }));
        const data = new DataTransfer();
        data.setData('text/uri-list', 'https://evil.example/');
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      });
      const state = await page.evaluate(async () => Notification.requestPermission());
      expect(state).toBe('denied');
      expect(page.url()).toBe('app://inkan/');
      expect(electron.windows()).toHaveLength(1);
      expect(await refusalsOf(electron)).toContain('navigation');
    });
    await electron.close();
  });
});
