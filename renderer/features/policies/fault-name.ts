import type { PolicyProblemCode } from '../../../shared/model/policy-problems.ts';

type NameOf<C> = C extends `policy.${infer N}` ? N : never;

/** A problem's code without its area: the name of its message. */
export function faultName(code: PolicyProblemCode): NameOf<PolicyProblemCode> {
  return code.slice('policy.'.length) as NameOf<PolicyProblemCode>;
}
