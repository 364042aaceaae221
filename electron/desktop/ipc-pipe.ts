import { ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron';
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import type { ServerFrame } from '../../shared/rpc/frames.ts';
import { desktopChannels, type Pipe } from '../../shared/rpc/pipe.ts';
import type { Server } from '../../shared/rpc/server.ts';
import { isPageUrl } from './page-url.ts';

/** Joins the window's page to the server: a new pipe for each load of the page, for its main frame alone. */
export function attachWindow(window: BrowserWindow, server: Server, onRefusedSender: () => void): void {
  const { webContents } = window;
  let onMessage = (_text: string) => {};
  const pipe: Pipe = {
    send: (text) => {
      if (!webContents.isDestroyed()) webContents.send(desktopChannels.toPage, text);
    },
    onMessage: (listener) => void (onMessage = listener),
  };
  let detach = server.attach(pipe);
  const reattach = () => {
    detach();
    detach = server.attach(pipe);
  };
  const receive = (event: IpcMainEvent, text: unknown) => {
    if (isOwnPage(event, window) && typeof text === 'string') return onMessage(text);
    onRefusedSender();
    refuse(event);
  };
  ipcMain.on(desktopChannels.toHost, receive);
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) reattach();
  });
  webContents.on('render-process-gone', reattach);
  window.once('closed', () => {
    ipcMain.off(desktopChannels.toHost, receive);
    detach();
  });
}

/** A frame can be swapped or gone while its message travels: only the window's main frame, there and ours, may ask. */
function isOwnPage({ senderFrame, sender }: IpcMainEvent, window: BrowserWindow): boolean {
  if (senderFrame === null || senderFrame === undefined || window.isDestroyed()) return false;
  if (sender !== window.webContents || senderFrame !== window.webContents.mainFrame) return false;
  return !senderFrame.detached && isPageUrl(`${senderFrame.origin}/`) && isPageUrl(senderFrame.url);
}

function refuse(event: IpcMainEvent): void {
  const frame: ServerFrame = { type: 'failure', id: null, error: toWireError(new AppError('rpc.refusedSender', {})) };
  try {
    event.reply(desktopChannels.toPage, JSON.stringify(frame));
  } catch {
    // The frame that asked is gone; there is nobody to answer.
  }
}
