import { z } from 'zod';
import { pluginSchema } from '../model/plugin.ts';
import { query } from './define.ts';

/** Plugins: programs in the plugin directory that sign or verify. */
export const plugins = {
  listPlugins: query({
    doc: 'All plugins of the plugin directory. Each is started and asked for its metadata.',
    input: z.object({}),
    output: z.object({ plugins: z.array(pluginSchema), path: z.string() }),
    errors: ['file.unreadable', 'file.notRegular'],
  }),
};
