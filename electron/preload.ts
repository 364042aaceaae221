import { contextBridge, ipcRenderer } from 'electron';
import { desktopChannels, desktopPipeName, type Pipe } from '../shared/rpc/pipe.ts';

// All that the page gets of the desktop. What goes through is checked at the other end.
const pipe: Pipe = {
  send: (text) => ipcRenderer.send(desktopChannels.toHost, text),
  onMessage: (listener) => {
    ipcRenderer.removeAllListeners(desktopChannels.toPage);
    ipcRenderer.on(desktopChannels.toPage, (_event, text: string) => listener(text));
  },
};
contextBridge.exposeInMainWorld(desktopPipeName, pipe);
