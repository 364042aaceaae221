import type { Browser, Page } from '@playwright/test';
import { platforms } from '../interop/attachments-world.ts';
import { BareRepository, type Pushed } from '../interop/bare-repository.ts';
import { startPeer } from '../interop/peers.ts';
import { openPage, withApp } from './pages.ts';
import { toOwnRow, type Row } from './report.ts';

/** The first one warms up. */
const rounds = 8;
const graphRounds = 6;
const notes = { artifactType: 'application/vnd.example.notes', mediaType: 'text/plain' };
/** Of the large graph: so many attachments, and so many on each of them. */
const [branches, leaves] = [30, 32];
const boxes = branches * (leaves + 1) + 1;

/** An index of six platforms with three levels of referrers, and a graph of a thousand boxes, in the real page. */
export async function measureAttachments(): Promise<Row[]> {
  const registry = await startPeer('registry');
  try {
    const small = new BareRepository(registry.address, 'bench/index');
    for (let round = 0; round < rounds; round += 1) await pushDeepIndex(small, `1.${round}`);
    await pushLarge(new BareRepository(registry.address, 'bench/large'));
    return await withApp(registry.address, (browser, url) => measurePage(browser, url, registry.address));
  } finally {
    await registry.stop();
  }
}

async function pushDeepIndex(repository: BareRepository, tag: string): Promise<void> {
  const { index, manifests } = await repository.pushIndex(tag, platforms);
  for (const manifest of [index, ...manifests]) {
    let above: Pushed = manifest;
    for (const level of ['first', 'second', 'third'])
      above = await repository.attach(above, { ...notes, content: `${level} of ${manifest.digest}` });
  }
}

async function pushLarge(repository: BareRepository): Promise<void> {
  const { manifests } = await repository.pushIndex('index', ['linux/amd64']);
  const [image] = manifests as [Pushed];
  await Promise.all(
    Array.from({ length: branches }, async (_, branch) => {
      const above = await repository.attach(image, { ...notes, content: `branch ${branch}` });
      for (let leaf = 0; leaf < leaves; leaf += 1)
        await repository.attach(above, { ...notes, content: `leaf ${branch}.${leaf}` });
    }),
  );
}

async function measurePage(browser: Browser, url: string, host: string): Promise<Row[]> {
  const page = await openPage(browser);
  await page.addInitScript(noteFirstAnswer);
  await page.goto(url);
  const sourceId = await openSource(page, host);
  const at = (repository: string, reference: string) =>
    `#/sources/${sourceId}/artifact?repository=${encodeURIComponent(repository)}&reference=${encodeURIComponent(reference)}`;
  const firstRows: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const taken = await timeFirstRow(page, at('bench/index', `1.${round}`));
    if (round > 0) firstRows.push(taken);
  }
  const painted = await timeGraphs(page, at('bench/large', await digestOfLarge(host)));
  return [
    toOwnRow('index of 6 platforms, 3 levels of referrers: first row painted after the data', firstRows, {
      aim: { of: 'value', atMost: 200 },
    }),
    toOwnRow(`graph of ${boxes} boxes: laid out and painted after the click`, painted, {
      aim: { of: 'value', atMost: 100 },
    }),
  ];
}

async function openSource(page: Page, host: string): Promise<string> {
  await page.getByRole('navigation').getByRole('link', { name: host }).click();
  await page.getByRole('option', { name: 'bench/index' }).waitFor();
  return /sources\/([^/?]+)/.exec(page.url())?.[1] ?? '';
}

async function digestOfLarge(host: string): Promise<string> {
  const accept = 'application/vnd.oci.image.index.v1+json';
  const response = await fetch(`http://${host}/v2/bench/large/manifests/index`, { headers: { accept } });
  const { manifests } = (await response.json()) as { manifests: readonly Pushed[] };
  return manifests[0]?.digest ?? '';
}

/** Runs in the page: remembers when the first answer with attachments in it came. */
function noteFirstAnswer(): void {
  const state = window as unknown as { answeredAt: number | undefined };
  const { addEventListener } = WebSocket.prototype;
  WebSocket.prototype.addEventListener = function listen(this: WebSocket, ...parameters: unknown[]) {
    const [type, listener, options] = parameters as [string, (event: MessageEvent) => void, unknown];
    const noting = (event: MessageEvent) => {
      if (String(event.data).includes('"attachments":[{')) state.answeredAt ??= performance.now();
      listener(event);
    };
    addEventListener.call(this, type, (type === 'message' ? noting : listener) as EventListener, options as boolean);
  } as typeof addEventListener;
}

function timeFirstRow(page: Page, hash: string): Promise<number> {
  return page.evaluate(async (target) => {
    const state = window as unknown as { answeredAt: number | undefined };
    location.hash = '#/settings';
    await new Promise((resolve) => setTimeout(resolve, 400));
    state.answeredAt = undefined;
    const painted = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('[role=treegrid] [role=row]')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
    location.hash = target;
    return (await painted) - (state.answeredAt ?? NaN);
  }, hash);
}

/** Clicks from the table to the graph and back, and waits for the boxes to be painted. */
async function timeGraphs(page: Page, hash: string): Promise<number[]> {
  await page.evaluate((target) => (location.hash = target), hash);
  await page.getByRole('button', { name: 'Continue' }).waitFor();
  const choices = page.getByRole('radiogroup', { name: 'View' }).getByRole('radio');
  const taken: number[] = [];
  for (let round = 0; round < graphRounds; round += 1) {
    const observed = await page.evaluateHandle(() => {
      const clicked = new Promise<number>((resolve) => {
        addEventListener('pointerdown', ({ timeStamp }) => resolve(timeStamp), { once: true, capture: true });
      });
      const painted = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          // There are more than the first few once it is known how large the frame is.
          if (document.querySelectorAll('[role=tree] [role=treeitem]').length < 12) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        });
        observer.observe(document.body, { childList: true, subtree: true });
      });
      return { clicked, painted };
    });
    await choices.nth(1).click();
    const ms = await observed.evaluate(async ({ clicked, painted }) => (await painted) - (await clicked));
    if (round > 0) taken.push(ms);
    await choices.nth(2).click();
    await page.getByRole('grid', { name: 'Attached to this artifact' }).waitFor();
  }
  return taken;
}
