import type { InputOf } from '../../../shared/contract/contract.ts';
import { testKeyInput } from '../../../shared/contract/keys.ts';
import type { KeyAlgorithm } from '../../../shared/model/signing-key.ts';

/** What the form holds while it is being filled in. */
export interface TestKeyForm {
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly days: string;
  readonly country: string;
  readonly state: string;
  readonly locality: string;
  readonly organization: string;
  readonly trust: boolean;
  readonly makeDefault: boolean;
}

/** The form with the contract's own defaults. */
export function initialTestKey(name: string): TestKeyForm {
  const { algorithm, validityDays, subject, trust, makeDefault } = testKeyInput.parse({ name: 'x' });
  return { name, algorithm, days: String(validityDays), ...subject, trust, makeDefault };
}

export function toInput(form: TestKeyForm): InputOf<'keys.createTestKey'> {
  const { name, algorithm, days, country, state, locality, organization, trust, makeDefault } = form;
  const validityDays = /^\d{1,4}$/.test(days.trim()) ? Number(days) : 0;
  const subject = { country, state, locality, organization };
  return { name: name.trim(), algorithm, validityDays, subject, trust, makeDefault };
}

export type FormField = 'name' | 'validityDays' | 'country' | 'state' | 'locality' | 'organization';

/** The fields that the contract would refuse. */
export function faultsOf(form: TestKeyForm): readonly FormField[] {
  const checked = testKeyInput.safeParse(toInput(form));
  if (checked.success) return [];
  return checked.error.issues.map(({ path }) => path.at(-1) as FormField);
}
