import {
  Archive,
  File,
  FlaskConical,
  KeyRound,
  List,
  ListChecks,
  Puzzle,
  Settings,
  Shield,
  type LucideIcon,
} from 'lucide-react';
import type { MessageKey } from '../locales/catalogs.ts';

export interface Screen {
  readonly to:
    '/policies' | '/trust-stores' | '/keys' | '/plugins' | '/files' | '/queues' | '/lab' | '/activity' | '/settings';
  readonly label: MessageKey;
  readonly icon: LucideIcon;
  /** Which of the rail's counts stands beside it. */
  readonly count?: 'policies' | 'trustStores' | 'keys';
}

/** The rail below the sources; also what the palette can go to. */
export const screenGroups: readonly { readonly label: MessageKey; readonly screens: readonly Screen[] }[] = [
  {
    label: 'app.trust',
    screens: [
      { to: '/policies', label: 'app.policies', icon: Shield, count: 'policies' },
      { to: '/trust-stores', label: 'app.trustStores', icon: Archive, count: 'trustStores' },
    ],
  },
  {
    label: 'app.signing',
    screens: [
      { to: '/keys', label: 'app.keys', icon: KeyRound, count: 'keys' },
      { to: '/plugins', label: 'app.plugins', icon: Puzzle },
      { to: '/files', label: 'app.files', icon: File },
      { to: '/queues', label: 'app.queues', icon: ListChecks },
      { to: '/lab', label: 'app.lab', icon: FlaskConical },
    ],
  },
  {
    label: 'app.name',
    screens: [
      { to: '/activity', label: 'app.activity', icon: List },
      { to: '/settings', label: 'app.settings', icon: Settings },
    ],
  },
];
