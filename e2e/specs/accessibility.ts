import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../hosts/fixtures.ts';

/** Holds what is on the screen to the rules of axe-core. */
export async function expectNoViolations(page: Page, where: string): Promise<void> {
  // The live region of the component kit names what it announces by elements that may be gone a moment later.
  // The newer mode opens a page of its own, which Electron has not; it is for frames of other origins, and there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('[data-live-announcer]');
  const { violations } = await axe.analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(told, where).toEqual([]);
}
