import type { Reason } from '../../../shared/model/verification.ts';
import { Rich } from '../../ui/rich.tsx';
import { useReasonValues } from './use-reason-values.ts';

/** The sentence of a reason. */
export function ReasonText({ reason }: { readonly reason: Reason }) {
  const values = useReasonValues();
  return <Rich id={`reasons.${reason.code}`} values={values(reason)} />;
}
