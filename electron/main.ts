import { app, BrowserWindow, dialog, nativeTheme, screen, session } from 'electron';
import type { Settings } from '../shared/model/settings.ts';
import type { Client } from '../shared/rpc/client.ts';
import { setApplicationMenu } from './desktop/application-menu.ts';
import { confineWebContents, denyPermissions, limitDownloads } from './desktop/hardening.ts';
import { attachWindow } from './desktop/ipc-pipe.ts';
import { createMainWindow, loadPage, paperColour } from './desktop/main-window.ts';
import { menuTexts } from './desktop/menu-texts.ts';
import { createNativeDialogs } from './desktop/native-dialogs.ts';
import { registerPageScheme, servePage } from './desktop/page-scheme.ts';
import { isOutdatedRuntime } from './desktop/runtime-floor.ts';
import { readWindowState, rememberWindowState } from './desktop/window-state.ts';
import { openHost, preloadPath, type Host } from './open-host.ts';

const closeLimitMs = 3000;
const currentWindow = () => BrowserWindow.getAllWindows()[0];
let windowSaved = () => Promise.resolve();
let language: Settings['language'] = 'system';
const texts = () => menuTexts(language, app.getLocale());

/** Theme and language of what the system draws follow the settings. */
async function applySettings(host: Host, client: Client): Promise<void> {
  const settings = await client.call('app.readSettings', {}).catch(() => undefined);
  language = settings?.language ?? 'system';
  nativeTheme.themeSource = settings?.theme ?? 'system';
  currentWindow()?.setBackgroundColor(paperColour(nativeTheme.shouldUseDarkColors));
  setApplicationMenu(texts(), process.platform === 'darwin', (action) =>
    host.server.publish('menu.chosen', { action }),
  );
}

async function openWindow(host: Host): Promise<void> {
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = createMainWindow({
    preload: preloadPath,
    state: await readWindowState(host.inkan, displays),
    isDark: nativeTheme.shouldUseDarkColors,
    devTools: !app.isPackaged,
    texts,
  });
  attachWindow(window, host.server, () => host.logger.log('warn', 'sender refused'));
  windowSaved = rememberWindowState(window, host.inkan);
  await loadPage(window);
}

function focusWindow(): void {
  const window = currentWindow();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** Quitting waits for what is being written, but not for ever. */
function closeBeforeQuitting(host: Host): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    const limit = new Promise((resolve) => setTimeout(resolve, closeLimitMs));
    void Promise.race([Promise.all([host.close(), windowSaved()]), limit]).then(() => app.exit(0));
  });
}

async function start(): Promise<void> {
  const opening = openHost({
    host: 'desktop',
    capabilities: ['nativeDialog', 'filePaths', 'window', 'pluginInstall'],
    outdatedRuntime: isOutdatedRuntime(process.versions.electron),
    dialogs: createNativeDialogs(currentWindow, texts),
  });
  const [host] = await Promise.all([opening, app.whenReady()]);
  const onRefusal = (what: string) => host.logger.log('warn', 'refused', { what });
  confineWebContents(app, onRefusal);
  denyPermissions(session.defaultSession, onRefusal);
  limitDownloads(session.defaultSession, onRefusal);
  servePage(session.defaultSession, host.page);
  closeBeforeQuitting(host);
  // The services are loaded once the page runs: read side by side, each makes the other late on a computer of two cores.
  await openWindow(host);
  await followSettings(host);
}

async function followSettings(host: Host): Promise<void> {
  await host.startServices();
  const { createOwnClient } = await import('../shared/rpc/own-client.ts');
  const client = createOwnClient(host.server);
  client.on('config.changed', ({ area }) => area === 'settings' && void applySettings(host, client));
  await applySettings(host, client);
}

function main(): void {
  app.setName('Inkan');
  app.setAppUserModelId('dev.inkan.app');
  // Chromium ends when it is told both; whoever starts Inkan without the sandbox has decided already.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerPageScheme();
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.on('second-instance', focusWindow);
  app.on('window-all-closed', () => app.quit());
  start().catch((error: unknown) => {
    process.stderr.write(`Inkan could not start: ${String(error)}\n`);
    dialog.showErrorBox('Inkan could not start', String(error));
    app.exit(1);
  });
}

main();
