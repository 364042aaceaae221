import { contextBridge, ipcRenderer } from 'electron';
import { desktopChannels, desktopPipeName, type Pipe } from '../shared/rpc/pipe.ts';

// Tells this load of the page from the one before, so that no answer to that one reaches this one.
const load = performance.timeOrigin;

// All that the page gets of the desktop. What goes through is checked at the other end.
const pipe: Pipe = {
  send: (text) => ipcRenderer.send(desktopChannels.toHost, text, load),
  onMessage: (listener) => {
    ipcRenderer.removeAllListeners(desktopChannels.toPage);
    ipcRenderer.on(desktopChannels.toPage, (_event, text: string, answered: number) => {
      if (answered === load) listener(text);
    });
  },
};
contextBridge.exposeInMainWorld(desktopPipeName, pipe);
