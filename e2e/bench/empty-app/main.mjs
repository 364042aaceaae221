// The least that opens a window.
import path from 'node:path';
import { app, BrowserWindow } from 'electron';

app.on('window-all-closed', () => app.quit());
// Not awaited here: the app is ready only when this module has ended.
void app.whenReady().then(() => {
  void new BrowserWindow({ width: 1280, height: 800 }).loadFile(path.join(import.meta.dirname, 'index.html'));
});
