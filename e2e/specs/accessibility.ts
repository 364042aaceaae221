import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../hosts/fixtures.ts';

/** Holds what is on the screen to the rules of axe-core. */
export async function expectNoViolations(page: Page, where: string): Promise<void> {
  // The live region of the component kit names what it announces by elements that may be gone a moment later.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(told, where).toEqual([]);
}
