import type { Locator, Page } from '@playwright/test';

/** Keys come one after the other as people press them, so that none waits for the one before. */
const keyDelayMs = 50;
const rounds = 5;

/** What the page does for each key that is typed into a field, until its layout stands; waiting for the screen is not counted. */
export async function measureKeys(page: Page, field: Locator, typed: string): Promise<number[]> {
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(globalThis, { taken });
    addEventListener(
      'input',
      () => {
        const started = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => taken.push(document.body.offsetHeight * 0 + performance.now() - started);
        port2.postMessage(0);
      },
      { capture: true },
    );
  });
  for (let round = 0; round <= rounds; round += 1) {
    await field.fill('');
    await field.pressSequentially(typed, { delay: keyDelayMs });
    // The first round warms up.
    if (round === 0) await page.evaluate(() => (globalThis as unknown as { readonly taken: number[] }).taken.splice(0));
  }
  return page.evaluate(() => (globalThis as unknown as { readonly taken: number[] }).taken);
}
