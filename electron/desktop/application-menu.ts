import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { PayloadOf } from '../../shared/contract/contract.ts';
import type { MenuText } from './menu-texts.ts';

type Action = PayloadOf<'menu.chosen'>['action'];
type Texts = Readonly<Record<MenuText, string>>;
type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/** Sets the menu of the application. What only the page can do is told to it by name. */
export function setApplicationMenu(texts: Texts, isMac: boolean, onChosen: (action: Action) => void): void {
  const make = createItems(texts, onChosen);
  const menus = [
    ...(isMac ? [macMenu(make)] : []),
    fileMenu(make, texts, isMac),
    editMenu(make, texts),
    goMenu(make, texts, isMac),
    viewMenu(make, texts),
    { label: texts.window, submenu: [make.role('minimize', 'minimize'), make.role('close', 'close')] },
    {
      label: texts.help,
      submenu: [make.action('shortcuts', 'F1'), ...(isMac ? [] : [separator, make.action('about')])],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}

interface Items {
  /** An item that the page acts on. */
  action(action: Action, accelerator?: string): Item;
  /** An item that the system acts on. */
  role(text: MenuText, role: NonNullable<Item['role']>): Item;
}

function createItems(texts: Texts, onChosen: (action: Action) => void): Items {
  return {
    action: (action, accelerator) => ({
      id: action,
      label: texts[action],
      click: () => onChosen(action),
      ...(accelerator === undefined ? {} : { accelerator }),
    }),
    role: (text, role) => ({ label: texts[text], role }),
  };
}

const settingsKey = 'CmdOrCtrl+,';

function macMenu({ action, role }: Items): Item {
  const hiding = [role('hide', 'hide'), role('hideOthers', 'hideOthers'), role('showAll', 'unhide')];
  const first = [action('about'), separator, action('settings', settingsKey), separator, role('services', 'services')];
  return { label: 'Inkan', submenu: [...first, separator, ...hiding, separator, role('quit', 'quit')] };
}

function fileMenu({ action, role }: Items, texts: Texts, isMac: boolean): Item {
  const end = isMac ? [role('close', 'close')] : [action('settings', settingsKey), separator, role('quit', 'quit')];
  return { label: texts.file, submenu: [action('addRegistry', 'CmdOrCtrl+N'), separator, ...end] };
}

function editMenu({ role }: Items, texts: Texts): Item {
  const clipboard = [role('cut', 'cut'), role('copy', 'copy'), role('paste', 'paste'), role('selectAll', 'selectAll')];
  return { label: texts.edit, submenu: [role('undo', 'undo'), role('redo', 'redo'), separator, ...clipboard] };
}

function goMenu({ action }: Items, texts: Texts, isMac: boolean): Item {
  const [back, forward] = isMac ? ['Cmd+[', 'Cmd+]'] : ['Alt+Left', 'Alt+Right'];
  const history = [action('back', back), action('forward', forward)];
  return { label: texts.go, submenu: [...history, separator, action('palette', 'CmdOrCtrl+K')] };
}

function viewMenu({ role }: Items, texts: Texts): Item {
  const zoom = [role('actualSize', 'resetZoom'), role('zoomIn', 'zoomIn'), role('zoomOut', 'zoomOut')];
  return {
    label: texts.view,
    submenu: [role('reload', 'reload'), separator, ...zoom, separator, role('fullScreen', 'togglefullscreen')],
  };
}
