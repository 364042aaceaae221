import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router';
import { z } from 'zod';
import { trustStoreTypeSchema } from '../../shared/model/trust-store.ts';
import { digestSchema } from '../../shared/model/digest.ts';
import { attachmentsViews } from '../features/artifacts/attachments-view.ts';
import { inspectorTabs } from '../features/artifacts/inspector-tab.ts';
import { parsePolicySearch } from '../features/policies/proposal.ts';
import { Crashed } from './crash-boundary.tsx';
import { Home } from './home.tsx';
import { lazyScreen } from './lazy-screen.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

/** Search parameters are hostile too: what does not fit is dropped. */
/** The router reads `3.22` and `true` as a number and a boolean; both turn back into the very same text. */
const name = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string().max(300));
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .pipe(z.string().max(4096))
  .optional()
  .catch(undefined);

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ reset }) => <Crashed onReload={reset} />,
  validateSearch: z.object({
    /** A dialog over any screen. */
    dialog: z.enum(['addSource', 'installPlugin', 'uninstallPlugin']).optional().catch(undefined),
    /** Plugin that the dialog is about. */
    plugin: z.string().max(64).optional().catch(undefined),
    /** Host that the dialog starts with. */
    host: text,
    /** A certificate in PEM that is to be compared with another one. */
    compare: z.string().max(65_536).optional().catch(undefined),
  }),
});

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Home });

const sourceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sources/$sourceId',
  validateSearch: z.object({ repository: text }),
  ...lazyScreen(() => import('./source-screens.tsx'), 'SourceScreen'),
});

const artifactRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sources/$sourceId/artifact',
  validateSearch: z.object({
    /** Empty for layouts. */
    repository: name.catch(''),
    /** A tag or digest. */
    reference: name.catch(''),
    /** Digest of what the inspector shows. */
    selected: text,
    tab: z.enum(inspectorTabs).optional().catch(undefined),
    view: z.enum(attachmentsViews).optional().catch(undefined),
  }),
  ...lazyScreen(() => import('./source-screens.tsx'), 'ArtifactScreen'),
});

const signRoute = createRoute({
  getParentRoute: () => artifactRoute,
  path: '/sign',
  /** What was on the screen when signing was chosen. */
  validateSearch: z.object({
    digest: digestSchema.optional().catch(undefined),
    /** Manifests of the index to be signed at once, with commas between. */
    digests: z.string().max(10_000).optional().catch(undefined),
  }),
  ...lazyScreen(() => import('./source-screens.tsx'), 'SignScreen'),
});

const policiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/policies',
  validateSearch: parsePolicySearch,
  ...lazyScreen(() => import('../features/policies/policies-page.tsx'), 'PoliciesPage'),
});

const trustStoresRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/trust-stores',
  /** A certificate to look at and trust, and the store proposed for it; or the store to show. */
  validateSearch: z.object({
    pem: z.string().max(65_536).optional().catch(undefined),
    type: trustStoreTypeSchema.optional().catch(undefined),
    name: text,
    /** The policy statement that should trust the certificate. */
    statement: text,
    /** Of a new policy statement that should trust it: the scope, which files have none of, and the signer. */
    scope: text,
    identity: text,
    document: z.literal('blob').optional().catch(undefined),
    store: text,
  }),
  ...lazyScreen(() => import('../features/trust-stores/trust-stores-page.tsx'), 'TrustStoresPage'),
});

const keysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keys',
  validateSearch: z.object({ key: text }),
  ...lazyScreen(() => import('../features/keys/keys-page.tsx'), 'KeysPage'),
});

const filesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/files',
  ...lazyScreen(() => import('./file-screens.tsx'), 'FilesScreen'),
});

const pluginsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plugins',
  validateSearch: z.object({ plugin: text }),
  ...lazyScreen(() => import('../features/plugins/plugins-page.tsx'), 'PluginsPage'),
});

const queuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues',
  validateSearch: z.object({ queue: text }),
  ...lazyScreen(() => import('./queue-screens.tsx'), 'QueuesScreen'),
});

const labRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/lab',
  ...lazyScreen(() => import('../features/lab/lab-page.tsx'), 'LabPage'),
});

const activityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity',
  ...lazyScreen(() => import('../features/activity/activity-page.tsx'), 'ActivityPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  ...lazyScreen(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    sourceRoute,
    artifactRoute.addChildren([signRoute]),
    policiesRoute,
    trustStoresRoute,
    keysRoute,
    pluginsRoute,
    filesRoute,
    queuesRoute,
    labRoute,
    activityRoute,
    settingsRoute,
  ]),
  history: createHashHistory(),
  /** Every value in the address is a text: a tag such as `1.0` is no number. */
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: false,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
