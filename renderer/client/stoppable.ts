/** What can be stopped, by key. */
const running = new Map<string, Set<AbortController>>();

/** Runs a task that ends with its signal, or when the user stops what goes by the key. */
export async function stoppable<T>(
  key: string,
  signal: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const controllers = running.get(key) ?? new Set();
  running.set(key, controllers.add(controller));
  try {
    return await task(AbortSignal.any([signal, controller.signal]));
  } finally {
    controllers.delete(controller);
    if (controllers.size === 0) running.delete(key);
  }
}

/** Stops every task of a key. */
export function stop(key: string): void {
  for (const controller of running.get(key) ?? []) controller.abort();
}
