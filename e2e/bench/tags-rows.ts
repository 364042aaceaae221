import type { Browser, Page } from '@playwright/test';
import { measureKeys } from './key-work.ts';
import { alternate, type Contest } from './measure.ts';
import { openPage, withApp } from './pages.ts';
import { toOwnRow, toRow, type Row } from './report.ts';
import { startTagRegistry } from './tag-registry.ts';

const tagCount = 10_000;
const fewerTags = 5_000;
/** The first is opened to warm up. */
const repositoryCount = 8;
const scrollRounds = 3;
const scrollFrames = 120;
const longFrameMs = 20;
const calmFrames = 240;

const fewerName = 'bench/fewer-tags';
const nameOf = (index: number): string => `bench/tags-${index}`;

function tagsOf(index: number): readonly string[] {
  return Array.from({ length: tagCount }, (_, patch) => `${index}.${Math.floor(patch / 100)}.${patch % 100}`);
}

/** A repository of 10,000 tags in the real page, served by the loopback host. */
export async function measureTags(): Promise<Row[]> {
  const indices = Array.from({ length: repositoryCount }, (_, index) => index);
  const repositories = indices.map((index) => [nameOf(index), tagsOf(index)] as const);
  const fewer = [fewerName, tagsOf(repositoryCount).slice(0, fewerTags)] as const;
  const registry = await startTagRegistry(new Map([...repositories, fewer]));
  try {
    return await withApp(registry.address, (browser, url) => measurePage(browser, url, registry.address));
  } finally {
    await registry.stop();
  }
}

async function measurePage(browser: Browser, url: string, host: string): Promise<Row[]> {
  const page = await openPage(browser);
  await page.goto(url);
  await page.getByRole('navigation').getByRole('link', { name: host }).click();
  const [firstRows, allRows]: [number[], number[]] = [[], []];
  for (let index = 0; index < repositoryCount; index += 1) {
    const opened = await openRepository(page, nameOf(index), `${index}.`, tagCount);
    if (index === 0) continue;
    firstRows.push(opened.firstRowsMs);
    allRows.push(opened.allRowsMs);
  }
  const plain = await openPage(browser);
  await plain.setContent(plainList());
  const frames = await alternate(
    scrollRounds,
    () => measureScroll(page),
    () => measureScroll(plain),
  );
  const longParts = [frames.inkan, frames.reference].map(
    (taken) => (100 * taken.filter((each) => each > longFrameMs).length) / taken.length,
  );
  const filtered = await measureFilter(page);
  const calm = await measureFewer(page);
  const [count, fewer] = [tagCount.toLocaleString('en'), fewerTags.toLocaleString('en')];
  return [
    toOwnRow(`${count} tags opened: first rows painted after the click`, firstRows, {
      aim: { of: 'value', atMost: 200 },
    }),
    toOwnRow(`${count} tags opened: all of them read`, allRows),
    toRow(`${count} tags scrolled: from frame to frame, against a plain list`, frames),
    toRow(`${count} tags scrolled: frames over ${longFrameMs} ms, against a plain list`, toSingle(longParts), {
      unit: '%',
    }),
    toOwnRow(`${fewer} tags scrolled: from frame to frame, p95`, calm, {
      part: 0.95,
      aim: { of: 'value', atMost: 17 },
    }),
    toOwnRow(`${count} tags filtered: work for one key, p50`, filtered, { aim: { of: 'value', atMost: 16 } }),
    toOwnRow(`the same, p99`, filtered, { part: 0.99, aim: { of: 'value', atMost: 16 } }),
  ];
}

/** What the page does for each key of the filter over the repository on the screen. */
async function measureFilter(page: Page): Promise<number[]> {
  const field = page.getByRole('searchbox', { name: 'Filter tags' });
  const taken = await measureKeys(page, field, `${repositoryCount - 1}.42.1`);
  await page.getByText('11 rows').waitFor();
  await field.fill('');
  return taken;
}

/** From top to bottom of fewer tags, as often as before. */
async function measureFewer(page: Page): Promise<number[]> {
  await openRepository(page, fewerName, `${repositoryCount}.`, fewerTags);
  const taken: number[] = [];
  for (let round = 0; round <= scrollRounds; round += 1) {
    const frames = await measureScroll(page, calmFrames);
    if (round > 0) taken.push(...frames);
  }
  return taken;
}

interface Opened {
  readonly firstRowsMs: number;
  readonly allRowsMs: number;
}

/** Clicks a repository and waits, in the page itself, for its first row to be painted and for all of its rows to be known. */
async function openRepository(page: Page, name: string, tag: string, rows: number): Promise<Opened> {
  const observed = await page.evaluateHandle(
    ({ tag: part, rows: count }) => {
      const painted = (condition: () => boolean) =>
        new Promise<number>((resolve) => {
          const observer = new MutationObserver(() => {
            if (!condition()) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
          });
          observer.observe(document.body, { childList: true, subtree: true, attributes: true });
        });
      const hasFirstRow = () =>
        document.querySelector('[role=grid] [aria-rowindex="2"]')?.textContent?.includes(part) === true;
      const hasAllRows = () =>
        hasFirstRow() && document.querySelector(`[role=grid][aria-rowcount="${count + 1}"]`) !== null;
      const clicked = new Promise<number>((resolve) => {
        addEventListener('pointerdown', ({ timeStamp }) => resolve(timeStamp), { once: true, capture: true });
      });
      return { clicked, firstRow: painted(hasFirstRow), allRows: painted(hasAllRows) };
    },
    { tag, rows },
  );
  await page.getByRole('option', { name, exact: true }).click();
  return observed.evaluate(async ({ clicked, firstRow, allRows }) => {
    const start = await clicked;
    return { firstRowsMs: (await firstRow) - start, allRowsMs: (await allRows) - start };
  });
}

/** Goes from the top to the bottom, a little further in every frame; the milliseconds from frame to frame. */
function measureScroll(page: Page, frameCount = scrollFrames): Promise<number[]> {
  return page.evaluate(async (frames) => {
    const list = document.querySelector('[role=grid] [role=presentation]');
    if (!list) throw new Error('there is no list');
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const step = (list.scrollHeight - list.clientHeight) / frames;
    const taken: number[] = [];
    list.scrollTop = 0;
    let before = await nextFrame();
    for (let frame = 1; frame <= frames; frame += 1) {
      list.scrollTop = frame * step;
      const now = await nextFrame();
      taken.push(now - before);
      before = now;
    }
    return taken;
  }, frameCount);
}

/** One value of each side. */
function toSingle([inkan = NaN, reference = NaN]: readonly number[]): Contest {
  return { inkan: [inkan], reference: [reference], ratios: [] };
}

/** As many rows without anything behind them: what the browser and the machine make of scrolling alone. */
function plainList(): string {
  const rows = Array.from({ length: tagCount }, (_, index) => `<div style="height:32px">0.0.${index}</div>`).join('');
  return `<div role="grid"><div role="presentation" style="height:700px;overflow:auto">${rows}</div></div>`;
}
