import { lazyRouteComponent, type ErrorComponentProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { useConnection } from '../client/connection.ts';
import { ErrorCard } from '../ui/states.tsx';
import { Crashed } from './crash-boundary.tsx';
import styles from './shell.module.css';

/**
 * A screen whose code is fetched when it is first opened, and only from the host that the page belongs to: once that has
 * ended, whatever listens on its port may be another program, and a script of it would run in this page.
 */
export function lazyScreen<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): { readonly component: ReturnType<typeof lazyRouteComponent>; readonly errorComponent: typeof NotFetched } {
  const loadFromHost = () =>
    useConnection.getState().state === 'open' ? load() : Promise.reject(new AppError('rpc.disconnected', {}));
  return { component: lazyRouteComponent(loadFromHost, name), errorComponent: NotFetched };
}

/** What stands where a screen could not be fetched or drawn. */
function NotFetched({ error, reset }: ErrorComponentProps) {
  if (!isAppError(error)) return <Crashed onReload={reset} />;
  return (
    <div className={styles.filled}>
      <ErrorCard error={error} />
    </div>
  );
}
