// A desktop of the real parts around the contract suite's own handlers; never part of the product.
import { app, session, type BrowserWindow } from 'electron';
import path from 'node:path';
import { confineWebContents, denyPermissions, limitDownloads } from '../../electron/desktop/hardening.ts';
import { attachWindow } from '../../electron/desktop/ipc-pipe.ts';
import { createMainWindow, loadPage } from '../../electron/desktop/main-window.ts';
import { menuTexts } from '../../electron/desktop/menu-texts.ts';
import { registerPageScheme, servePage } from '../../electron/desktop/page-scheme.ts';
import { createSuiteHost } from '../../electron/testing/contract-suite.ts';

const policy = "default-src 'none'; frame-src app: data:";
const html = '<!doctype html><title>contract</title>';
const refusals: string[] = [];
const preload = path.join(import.meta.dirname, 'preload.cjs');
Object.assign(globalThis, { refusals, preload });

registerPageScheme();
confineWebContents(app, (what) => refusals.push(what));
void app.whenReady().then(async () => {
  const headers = { 'content-type': 'text/html', 'content-security-policy': policy };
  servePage(session.defaultSession, (asked) =>
    asked === '/' || asked === '/frame' ? new Response(html, { headers }) : undefined,
  );
  denyPermissions(session.defaultSession, (what) => refusals.push(what));
  limitDownloads(session.defaultSession, (what) => refusals.push(what));
  const window: BrowserWindow = createMainWindow({
    preload,
    state: undefined,
    isDark: false,
    devTools: false,
    texts: () => menuTexts('en', 'en'),
  });
  attachWindow(window, createSuiteHost().server, () => refusals.push('sender'));
  await loadPage(window);
});
