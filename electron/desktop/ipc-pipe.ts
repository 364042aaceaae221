import { ipcMain, type BrowserWindow, type IpcMainEvent, type WebContents } from 'electron';
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import type { ServerFrame } from '../../shared/rpc/frames.ts';
import { desktopChannels, type Pipe } from '../../shared/rpc/pipe.ts';
import type { Server } from '../../shared/rpc/server.ts';
import { isPageUrl } from './page-url.ts';

/** Joins the window's page to the server: a new pipe for each load of the page, for its main frame alone. */
export function attachWindow(window: BrowserWindow, server: Server, onRefusedSender: () => void): void {
  const { webContents } = window;
  let attached: AttachedLoad | undefined;
  const detach = () => {
    attached?.detach();
    attached = undefined;
  };
  const receive = (event: IpcMainEvent, text: unknown, load: unknown) => {
    if (!isOwnPage(event, window) || typeof text !== 'string' || typeof load !== 'number') {
      onRefusedSender();
      return refuse(event, load);
    }
    if (attached?.load !== load) {
      detach();
      attached = attachLoad(webContents, server, load);
    }
    attached.receive(text);
  };
  ipcMain.on(desktopChannels.toHost, receive);
  webContents.on('render-process-gone', detach);
  window.once('closed', () => {
    ipcMain.off(desktopChannels.toHost, receive);
    detach();
  });
}

interface AttachedLoad {
  readonly load: number;
  receive(text: string): void;
  detach(): void;
}

function attachLoad(webContents: WebContents, server: Server, load: number): AttachedLoad {
  let receive = (_text: string) => {};
  const pipe: Pipe = {
    send: (text) => {
      if (!webContents.isDestroyed()) webContents.send(desktopChannels.toPage, text, load);
    },
    onMessage: (listener) => void (receive = listener),
  };
  const detach = server.attach(pipe);
  return { load, receive: (text) => receive(text), detach };
}

/** A frame can be swapped or gone while its message travels: only the window's main frame, there and ours, may ask. */
function isOwnPage({ senderFrame, sender }: IpcMainEvent, window: BrowserWindow): boolean {
  if (senderFrame === null || senderFrame === undefined || window.isDestroyed()) return false;
  if (sender !== window.webContents || senderFrame !== window.webContents.mainFrame) return false;
  return !senderFrame.detached && isPageUrl(`${senderFrame.origin}/`) && isPageUrl(senderFrame.url);
}

function refuse(event: IpcMainEvent, load: unknown): void {
  const frame: ServerFrame = { type: 'failure', id: null, error: toWireError(new AppError('rpc.refusedSender', {})) };
  try {
    event.reply(desktopChannels.toPage, JSON.stringify(frame), load);
  } catch {
    // The frame that asked is gone; there is nobody to answer.
  }
}
