import type { Handlers } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { BoundedMemory } from '../domain/bounded-memory.ts';
import { absolutePath, localKeysFolder } from '../domain/keystore/local-files.ts';
import { planRepair, repairKeys, type KeyPlace } from '../domain/keystore/repair-keys.ts';
import { readSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import type { KeysServiceOptions } from './keys.ts';
import { shortenHome } from './shorten-home.ts';

type RepairHandlers = Pick<Handlers<'keys'>, 'keys.planRepair' | 'keys.chooseKeyPlace' | 'keys.repairKeys'>;

const rememberedPlaces = 16;

/** Finding the files of keys again. The page names places by id alone; paths come from native dialogs (case I-03). */
export function createRepairHandlers(options: KeysServiceOptions): RepairHandlers {
  const places = new BoundedMemory<KeyPlace>({ maxEntries: rememberedPlaces, maxSize: rememberedPlaces });
  const context = () => ({ ...options, directory: options.configuration.current() });
  const placeOf = (id: string | undefined): KeyPlace => {
    if (id === undefined) return { kind: 'folder', path: absolutePath(context().directory, localKeysFolder) };
    const place = places.get(id);
    if (!place) throw new AppError('key.placeForgotten', {});
    return place;
  };
  return {
    'keys.planRepair': async ({ place: id }) => {
      const place = placeOf(id);
      const path = place.kind === 'folder' ? place.path : place.entry.keyPath;
      return { place: shortenHome(path, options.homePath), ...(await planRepair(context(), place)) };
    },

    'keys.chooseKeyPlace': async ({ name }) => {
      const place = name === undefined ? await chooseFolder(options) : await chooseFiles(options, name);
      if (!place) return { place: null };
      const id = options.random.uuid();
      places.set(id, place, 1);
      return { place: id };
    },

    'keys.repairKeys': async ({ place, names }) => {
      await repairKeys(context(), placeOf(place), names);
      options.publish('config.changed', { area: 'keys' });
      return { names };
    },
  };
}

async function chooseFolder({ chooseFolder: choose }: KeysServiceOptions): Promise<KeyPlace | undefined> {
  const path = await choose('chooseKeyFolder');
  return path === undefined ? undefined : { kind: 'folder', path };
}

/** @throws AppError `key.notFound`, `key.listMalformed`, `file.*` */
async function chooseFiles(
  { chooseFile, configuration, clock }: KeysServiceOptions,
  name: string,
): Promise<KeyPlace | undefined> {
  const { keys } = await readSigningKeys(configuration.current(), clock);
  if (!keys.some((key) => key.name === name)) throw new AppError('key.notFound', { name });
  const keyPath = await chooseFile('chooseKey');
  const certPath = keyPath === undefined ? undefined : await chooseFile('chooseChain');
  if (keyPath === undefined || certPath === undefined) return undefined;
  return { kind: 'files', entry: { name, keyPath, certPath } };
}
