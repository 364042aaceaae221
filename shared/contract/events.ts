import { z } from 'zod';
import { activityEntrySchema, jobSchema } from '../model/job.ts';
import { event } from './define.ts';

/** Everything the host tells without being asked. */
export const events = {
  'config.changed': event(
    'Something in the configuration directory changed, by Inkan or by another program.',
    z.object({ area: z.enum(['keys', 'trustStores', 'policies', 'settings', 'credentials', 'plugins']) }),
  ),
  'sources.changed': event('The list of sources changed.', z.object({})),
  'artifacts.changed': event(
    'Something was attached to an artifact.',
    z.object({ sourceId: z.string(), repository: z.string(), digest: z.string() }),
  ),
  'jobs.changed': event('A job progressed or ended.', jobSchema),
  'browsing.changed': event('What is kept of looking around changed.', z.object({})),
  'bulk.changed': event('A queue was made, went on, ended or was removed.', z.object({ id: z.string() })),
  'activity.recorded': event('A row was added to the activity list.', activityEntrySchema),
  'menu.chosen': event(
    'An item of the native menu was chosen.',
    z.object({ action: z.enum(['settings', 'addRegistry', 'back', 'forward', 'palette', 'shortcuts', 'about']) }),
  ),
};
