/** Told before every call; what it throws is what the call fails with. `index` counts all calls from 1. */
export type BeforeCall = (call: {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly index: number;
}) => void | Promise<void>;

/**
 * The same object with every method told of first, and so with the objects that its methods give when they have methods of their
 * own, such as an open file.
 */
export function interceptCalls<T extends object>(target: T, before: BeforeCall): T {
  let index = 0;
  const wrap = <O extends object>(object: O): O =>
    new Proxy(object, {
      get(own, name) {
        const member: unknown = Reflect.get(own, name, own);
        if (typeof member !== 'function' || typeof name !== 'string' || name === 'then') return member;
        return async (...args: unknown[]) => {
          index += 1;
          await before({ method: name, args, index });
          const result: unknown = await member.apply(own, args);
          return typeof result === 'object' && result !== null && 'close' in result ? wrap(result) : result;
        };
      },
    });
  return wrap(target);
}
