import { useHostEvent } from '../../client/use-call.ts';
import { useFiles } from './files-store.ts';
import { judgeFile } from './judge-file.ts';

/** What was judged is judged anew when policies or trusted certificates change. */
export function useJudgedAnew(): void {
  useHostEvent('config.changed', ({ area }) => {
    if (area !== 'policies' && area !== 'trustStores') return;
    for (const { key, report } of useFiles.getState().entries) if (report) void judgeFile(key, false);
  });
}
