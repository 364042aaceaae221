import {
  Check,
  Circle,
  CircleHelp,
  LoaderCircle,
  Minus,
  TriangleAlert,
  X,
  Clock3,
  type LucideIcon,
} from 'lucide-react';
import type { Verdict } from '../../shared/model/verification.ts';
import type { MessageKey } from '../locales/catalogs.ts';
import { useText } from '../locales/use-text.tsx';
import { Chip, StateChip, type Tone } from './chip.tsx';

interface VerdictLook {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly word: MessageKey;
}

/** How each verdict looks everywhere. Whatever is not in the list could not be checked. */
export const verdictLooks: Readonly<Record<Verdict, VerdictLook>> = {
  verified: { tone: 'ok', icon: Check, word: 'ui.verdictVerified' },
  verifiedWithWarnings: { tone: 'warn', icon: TriangleAlert, word: 'ui.verdictVerifiedWithWarnings' },
  notTrusted: { tone: 'bad', icon: X, word: 'ui.verdictNotTrusted' },
  skipped: { tone: 'mute', icon: Minus, word: 'ui.verdictSkipped' },
  noSignature: { tone: 'plain', icon: Circle, word: 'ui.verdictNoSignature' },
  couldNotCheck: { tone: 'err', icon: CircleHelp, word: 'ui.verdictCouldNotCheck' },
};

/** A verdict in a row. */
export function VerdictChip({ verdict }: { readonly verdict: Verdict | 'checking' | 'waiting' }) {
  const t = useText();
  if (verdict === 'checking')
    return (
      <StateChip icon={LoaderCircle} spin>
        {t('ui.verdictChecking')}
      </StateChip>
    );
  if (verdict === 'waiting') return <StateChip icon={Clock3}>{t('ui.verdictWaiting')}</StateChip>;
  const { tone, icon, word } = Object.hasOwn(verdictLooks, verdict)
    ? verdictLooks[verdict]
    : verdictLooks.couldNotCheck;
  return (
    <Chip tone={tone} icon={icon}>
      {t(word)}
    </Chip>
  );
}
