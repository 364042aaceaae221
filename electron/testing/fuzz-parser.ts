import { getHeapStatistics } from 'node:v8';
import { SeededRandom, seedOfRun } from './seeded-random.ts';

const usualNumber = 1000;
/** How many inputs each parser is given in a run; `INKAN_MUTATIONS` asks for another number. */
const inputsInRun = Number(process.env['INKAN_MUTATIONS'] ?? usualNumber);
/** No input of the fuzzers is longer; what a parser may take for one (goal G-2). */
const maxInputBytes = 65_536;
const maxMs = 50;
const maxMemoryBytes = 16 * 1024 * 1024;
/** The collector and the other core also take time: only what is slow every time is told. */
const tries = 5;
const findingsShown = 5;

/** A parser, and what to give it. */
export interface FuzzPlan<Input extends string | Uint8Array, Output> {
  readonly seeds: readonly Input[];
  /** Changes an input; `other` is another seed to splice with. */
  readonly mutate: (random: SeededRandom, input: Input, other: Input) => Input;
  readonly parse: (input: Input) => Output | Promise<Output>;
  /** Whether an error is one of those that the parser promises. */
  readonly isFault: (error: unknown) => boolean;
  /** What must be true of an input that was taken; complains by throwing. */
  readonly check?: (output: Output, input: Input) => void;
}

/** What came of a run. */
export interface FuzzResult {
  readonly accepted: number;
  readonly refused: number;
  /** Errors that no parser may throw, properties that do not hold, inputs that take long or much: a few, with the input. */
  readonly findings: readonly string[];
}

interface Attempt<Output> {
  readonly output?: { readonly value: Output };
  readonly error?: unknown;
  readonly tookMs: number;
  readonly tookBytes: number;
}

function memoryInUse(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

async function attempt<Output>(parse: () => Output | Promise<Output>): Promise<Attempt<Output>> {
  const memory = memoryInUse();
  const started = performance.now();
  const measure = (): Pick<Attempt<Output>, 'tookMs' | 'tookBytes'> => ({
    tookMs: performance.now() - started,
    tookBytes: memoryInUse() - memory,
  });
  try {
    const parsed = parse();
    const value = parsed instanceof Promise ? await parsed : parsed;
    return { output: { value }, ...measure() };
  } catch (error) {
    return { error, ...measure() };
  }
}

/** What an input costs: its time at best, and its memory, of which the collector can only have hidden some. */
async function costOf<Output>(first: Attempt<Output>, parse: () => Output | Promise<Output>): Promise<string[]> {
  let { tookMs } = first;
  const { tookBytes } = first;
  for (let left = tries; left > 1 && tookMs > maxMs; left -= 1)
    tookMs = Math.min(tookMs, (await attempt(parse)).tookMs);
  return [
    ...(tookMs > maxMs ? [`${tookMs.toFixed(0)} ms`] : []),
    ...(tookBytes > maxMemoryBytes ? [`${tookBytes} bytes`] : []),
  ];
}

function show(input: string | Uint8Array): string {
  return typeof input === 'string' ? JSON.stringify(input) : Buffer.from(input).toString('base64');
}

/**
 * Gives a parser inputs with something wrong, the same in every run with the same seed. Every seed itself must be taken.
 *
 * @throws Error for a seed that is refused
 */
export async function fuzzParser<Input extends string | Uint8Array, Output>(
  plan: FuzzPlan<Input, Output>,
): Promise<FuzzResult> {
  const { seeds, mutate, parse, isFault, check } = plan;
  const random = new SeededRandom(seedOfRun());
  const findings: string[] = [];
  let [accepted, refused] = [0, 0];
  for (const seed of seeds) {
    const output = await parse(seed);
    check?.(output, seed);
  }
  for (let left = inputsInRun; left > 0; left -= 1) {
    const input = mutate(random, random.pick(seeds), random.pick(seeds));
    if (input.length > maxInputBytes) continue;
    const result = await attempt(() => parse(input));
    const complaints = await costOf(result, () => parse(input));
    if (result.output) {
      accepted += 1;
      try {
        check?.(result.output.value, input);
      } catch (error) {
        complaints.push(`a property does not hold: ${String(error)}`);
      }
    } else if (isFault(result.error)) refused += 1;
    else complaints.push(result.error instanceof Error ? String(result.error.stack) : String(result.error));
    findings.push(...complaints.map((complaint) => `${complaint}: ${show(input)}`));
    if (findings.length >= findingsShown) break;
  }
  return { accepted, refused, findings };
}

/** Whether a run met nothing odd, and both accepted and refused: one that does only one of them looks at nothing. */
export function assertSound({ accepted, refused, findings }: FuzzResult): void {
  if (findings.length > 0) throw new Error(findings.join('\n\n'));
  const least = (accepted + refused) / 200;
  if (accepted < least || refused < least) throw new Error(`${accepted} accepted, ${refused} refused`);
}

/** Whether bytes stand in others as they are. */
export function holds(bytes: Uint8Array, part: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from(part));
}
