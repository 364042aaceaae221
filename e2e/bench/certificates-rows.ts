import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { createTrustStoreReader } from '../../electron/domain/trust/trust-store.ts';
import { toPem } from '../../electron/domain/x509/pem.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { caShape, issueCertificate } from '../../electron/testing/chain-factory.ts';
import type { Contestants } from './contestants.ts';
import { measureKeys } from './key-work.ts';
import { alternate, repeat } from './measure.ts';
import { openPage, withApp } from './pages.ts';
import { toOwnRow, toRow, type Row } from './report.ts';

const count = 1000;
const store = 'many';
const rounds = 4;
const times = 5;
const openRounds = 8;
/** What is typed into the filter; each key is one sample. */
const typed = 'authority 9 of many';

/** A store of 1,000 certificates: loaded as the reference loads it, and listed, opened and filtered in the real page. */
export async function measureCertificates(both: Contestants): Promise<Row[]> {
  for (const configDir of [both.configDir, both.referenceConfigDir]) await fillStore(configDir);
  const question = { store, times };
  const load = (openStore: () => ReturnType<typeof createDirectory>) =>
    alternate(
      rounds,
      () => repeat(times, async () => loadStore(openStore())),
      () => both.ask('loadStore', question),
    );
  const kept = createDirectory(both.configDir);
  const [first, again] = [await load(() => createDirectory(both.configDir)), await load(() => kept)];
  const shown = count.toLocaleString('en');
  return [
    toRow(`a store of ${shown} certificates loaded, its files seen for the first time`, first),
    toRow(`the same, loaded again`, again, { aim: { of: 'ratio', atMost: 1 } }),
    ...(await withApp(undefined, measurePage, ({ configDir }) => fillStore(configDir))),
  ];
}

async function fillStore(configDir: string): Promise<void> {
  const folder = path.join(configDir, 'truststore', 'x509', 'ca', store);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let index = 0; index < count; index += 1) {
    const name = `authority ${index} of many`;
    const { der } = issueCertificate(caShape(name), undefined, 'root');
    await writeFile(path.join(folder, `${String(index).padStart(4, '0')}.crt`), toPem('CERTIFICATE', der));
  }
}

async function loadStore(directory: ReturnType<typeof createDirectory>): Promise<void> {
  const { files } = await createTrustStoreReader(directory).read('ca', store);
  if (files.length !== count) throw new Error(`${files.length} files were read`);
}

async function measurePage(browser: Browser, url: string): Promise<Row[]> {
  const page = await openPage(browser);
  await page.goto(url);
  const rail = page.getByRole('navigation');
  const listed: number[] = [];
  for (let round = 0; round <= openRounds; round += 1) {
    await rail.getByRole('link', { name: /^Activity/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    const painted = await observe(page, `[role=group][aria-label="ca:${store}"] li`);
    await rail.getByRole('link', { name: /^Trust stores/ }).click();
    if (round > 0) listed.push(await painted());
    else await page.getByRole('group', { name: `ca:${store}` }).waitFor();
  }
  const opened = await measureOpening(page);
  const filtered = await measureFilter(page);
  const shown = count.toLocaleString('en');
  return [
    toOwnRow(`${shown} certificates in a store: first rows painted after the click`, listed, {
      aim: { of: 'value', atMost: 200 },
    }),
    toOwnRow(`one of ${shown} certificates opened: details painted after the click`, opened, {
      aim: { of: 'value', atMost: 100 },
    }),
    toOwnRow(`${shown} certificates filtered: work for one key, p50`, filtered, { aim: { of: 'value', atMost: 16 } }),
    toOwnRow(`the same, p99`, filtered, { part: 0.99 }),
  ];
}

async function measureOpening(page: Page): Promise<number[]> {
  const taken: number[] = [];
  const rows = page.getByRole('group', { name: `ca:${store}` }).getByRole('listitem');
  for (let index = 0; index <= openRounds; index += 1) {
    const row = rows.nth(index);
    const painted = await observe(page, 'li [aria-pressed=true]', index > 0 ? String(index) : '0');
    await row.getByRole('button').first().click();
    const milliseconds = await painted();
    if (index > 0) taken.push(milliseconds);
  }
  return taken;
}

/** From the next press of the pointer until something of this kind, with this text in it, is painted. */
async function observe(page: Page, selector: string, text = ''): Promise<() => Promise<number>> {
  const observed = await page.evaluateHandle(
    ({ wanted, part }) => {
      const isThere = () => document.querySelector(wanted)?.textContent?.includes(part) === true;
      const clicked = new Promise<number>((resolve) => {
        addEventListener('pointerdown', ({ timeStamp }) => resolve(timeStamp), { once: true, capture: true });
      });
      const painted = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!isThere()) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        });
        observer.observe(document.body, { childList: true, subtree: true, attributes: true });
      });
      return { clicked, painted };
    },
    { wanted: selector, part: text },
  );
  return () => observed.evaluate(async ({ clicked, painted }) => (await painted) - (await clicked));
}

/** What the page does for each key of the filter. */
async function measureFilter(page: Page): Promise<number[]> {
  const taken = await measureKeys(page, page.getByRole('searchbox', { name: `Filter ca:${store}` }), typed);
  await page.getByText(`1 of ${count.toLocaleString('en')}`).waitFor();
  return taken;
}
