/** Lets everything else that waits have its turn: long work that never waits for anything would hold it up. */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
