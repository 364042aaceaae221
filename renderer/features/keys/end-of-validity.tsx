import { useState } from 'react';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';

const dayMs = 24 * 60 * 60 * 1000;

/** `days, until 23 Nov 16:15`, beside the number. */
export function EndOfValidity({ days }: { readonly days: number }) {
  const t = useText();
  const format = useFormat();
  const [now] = useState(() => Date.now());
  const end = new Date(now + days * dayMs).toISOString();
  return <>{t('keys.until', { days, date: format.moment(end, now) })}</>;
}
