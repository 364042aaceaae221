import { dirname, join } from 'node:path';
import { dialog, shell, type BrowserWindow } from 'electron';
import { parseExternalUrl } from './external-url.ts';
import type { MenuText } from './menu-texts.ts';

/** What is asked of the user outside the page, so that the page never handles a path or opens an address. */
export interface NativeDialogs {
  chooseFolder(title: MenuText): Promise<string | undefined>;
  chooseFile(title: MenuText): Promise<string | undefined>;
  /** Where to save a file of this name. The system asks before something is written over. */
  chooseSavePath(name: string, title?: MenuText): Promise<string | undefined>;
  /** Opens an https address in the browser once the user has seen where it leads; whether it was opened. */
  openExternal(url: string): Promise<boolean>;
}

type Texts = () => Readonly<Record<MenuText, string>>;

export function createNativeDialogs(currentWindow: () => BrowserWindow | undefined, texts: Texts): NativeDialogs {
  let lastFolder: string | undefined;
  const choose = async (title: MenuText, property: 'openDirectory' | 'openFile') => {
    const window = currentWindow();
    if (window === undefined) return undefined;
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: texts()[title],
      properties: [property, 'showHiddenFiles', 'dontAddToRecent'],
      ...(lastFolder === undefined ? {} : { defaultPath: lastFolder }),
    });
    lastFolder = filePaths[0] ?? lastFolder;
    return filePaths[0];
  };
  return {
    chooseFolder: (title) => choose(title, 'openDirectory'),
    chooseFile: (title) => choose(title, 'openFile'),
    chooseSavePath: async (name, title = 'saveSignature') => {
      const window = currentWindow();
      if (window === undefined) return undefined;
      const { filePath } = await dialog.showSaveDialog(window, {
        title: texts()[title],
        defaultPath: lastFolder === undefined ? name : join(lastFolder, name),
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      });
      if (filePath === '') return undefined;
      lastFolder = dirname(filePath);
      return filePath;
    },
    openExternal: async (text) => {
      const [window, url] = [currentWindow(), parseExternalUrl(text)];
      if (window === undefined || url === undefined) return false;
      const { open, cancel, openExternal } = texts();
      const { response } = await dialog.showMessageBox(window, {
        type: 'question',
        message: openExternal,
        detail: `${url.host}\n\n${url.href}`,
        buttons: [open, cancel],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      if (response !== 0) return false;
      await shell.openExternal(url.href);
      return true;
    },
  };
}
