import type { Reason } from '../../../shared/model/verification.ts';
import { toMessageValues, useErrorText, type Fault } from '../../locales/error-text.ts';
import { toFaultText } from '../../locales/fault-text.ts';
import { useFormat } from '../../locales/format.ts';
import { useLocale, type MessageValues } from '../../locales/use-text.tsx';

const times = new Set(['notAfter', 'notBefore', 'time', 'earliest', 'latest', 'expiry', 'revokedAt']);

/** The details of a reason as its sentence takes them: times formatted, empty lists as `none`, errors as their title. */
export function useReasonValues(): (reason: Pick<Reason, 'details'>) => MessageValues {
  const format = useFormat();
  const errorText = useErrorText();
  const { language } = useLocale();
  const show = (name: string, value: unknown): unknown => {
    if (name === 'fault' && typeof value === 'string') return toFaultText(value, language);
    if (times.has(name) && typeof value === 'string') return format.dateTime(value);
    if (Array.isArray(value)) return value.length === 0 ? 'none' : value;
    if (isFault(value)) return `${errorText(value).title} ${errorText(value).cause}`;
    if (isDescriptor(value)) return value.digest;
    return value ?? 'none';
  };
  return ({ details }) => {
    const shown = Object.entries({ subject: undefined, revokedAt: undefined, stores: [], ...details }).map(
      ([name, value]) => [name, show(name, value)],
    );
    return toMessageValues(Object.fromEntries(shown));
  };
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value && 'details' in value;
}

function isDescriptor(value: unknown): value is { readonly digest: string } {
  return typeof value === 'object' && value !== null && 'digest' in value;
}
