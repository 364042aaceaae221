import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const entrySchema = z.strictObject({
  /** What the suite calls the difference. */
  id: z.string(),
  /** The test files that meet it, without `.test.ts`. */
  suites: z.array(z.string()).min(1),
  /** What Inkan does, and what the reference does. */
  reason: z.string(),
  /** The rule that Inkan follows: O- and J-rules of the code's comments, or a section of the specification. */
  rule: z.string(),
});

const file = path.join(import.meta.dirname, 'allowlist.json');

/**
 * The differences from the reference that are allowed in one suite. One that is not listed fails, and so does one that is
 * listed and never seen: the list never says more than the truth.
 */
export class Allowlist {
  readonly #expected: ReadonlySet<string>;
  readonly #allowed: ReadonlySet<string>;
  readonly #seen = new Map<string, number>();
  readonly #refused = new Map<string, unknown[]>();

  /**
   * @param suite - the test file, without `.test.ts`
   * @param others - suites whose differences may be seen here too, by chance
   */
  constructor(suite: string, others: readonly string[] = []) {
    const entries = z.array(entrySchema).parse(JSON.parse(readFileSync(file, 'utf8')));
    const idsOf = (name: string): string[] => entries.filter(({ suites }) => suites.includes(name)).map(({ id }) => id);
    this.#expected = new Set(idsOf(suite));
    this.#allowed = new Set([suite, ...others].flatMap(idsOf));
  }

  /** Whether a difference may be; it counts as seen. */
  permits(id: string): boolean {
    this.#seen.set(id, (this.#seen.get(id) ?? 0) + 1);
    return this.#allowed.has(id);
  }

  /**
   * Notes a difference and goes on, for suites with more cases than tests.
   *
   * @param example - what a reader needs to see it again
   */
  note(id: string, example: unknown): void {
    if (!this.permits(id)) this.#refused.set(id, [...(this.#refused.get(id) ?? []).slice(0, 2), example]);
  }

  /** The differences that no entry allows, with an example or three; empty when all is well. */
  get refused(): readonly string[] {
    return [...this.#refused].flatMap(([id, examples]) =>
      examples.map((example) => `${id}: ${JSON.stringify(example)}`),
    );
  }

  /** Entries of this suite that no case has met. */
  get unseen(): readonly string[] {
    return [...this.#expected].filter((id) => !this.#seen.has(id));
  }
}
