import type { App, Session, WebContents } from 'electron';
import { isPageUrl } from './page-url.ts';

type OnRefusal = (what: string) => void;

/**
 * Denies all permissions but one: putting plain text on the clipboard after a click, which the page can do with a key
 * press of the user anyway. Reading the clipboard stays denied.
 */
export function denyPermissions(session: Session, onRefusal: OnRefusal): void {
  const isAllowed = (permission: string, isMainFrame: boolean, url: string) =>
    permission === 'clipboard-sanitized-write' && isMainFrame && isPageUrl(url);
  session.setPermissionRequestHandler((_contents, permission, decide, { isMainFrame, requestingUrl }) => {
    const allowed = isAllowed(permission, isMainFrame, requestingUrl);
    if (!allowed) onRefusal(`permission ${permission}`);
    decide(allowed);
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    isAllowed(permission, isMainFrame, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
}

/** Lets the page save what it made itself, through the save dialog; nothing is downloaded from anywhere. */
export function limitDownloads(session: Session, onRefusal: OnRefusal): void {
  session.on('will-download', (event, item) => {
    const url = item.getURL();
    if (url.startsWith('blob:') && isPageUrl(url.slice('blob:'.length))) return;
    onRefusal('download');
    event.preventDefault();
  });
}

/** Holds every web contents, whatever made it, to our own page: no navigation away, no windows, no webviews. */
export function confineWebContents(app: App, onRefusal: OnRefusal): void {
  app.on('web-contents-created', (_created, contents) => confine(contents, onRefusal));
}

function confine(contents: WebContents, onRefusal: OnRefusal): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (isPageUrl(event.url)) return;
    event.preventDefault();
    onRefusal('navigation');
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
