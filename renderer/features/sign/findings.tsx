import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { toMessageValues, useErrorText, type Fault } from '../../locales/error-text.ts';
import { useFormat } from '../../locales/format.ts';
import { Rich } from '../../ui/rich.tsx';
import styles from './sign.module.css';

type Finding = OutputOf<'sign.planSign'>['findings'][number];

const icons = { blocks: CircleX, warns: TriangleAlert, tells: Info } as const;
const times = new Set(['notAfter', 'expiry']);

/** What is worth knowing before a signature is made, what stands in its way first. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const format = useFormat();
  const errorText = useErrorText();
  const show = (name: string, value: unknown) => {
    if (name === 'error') {
      const { title, cause, next } = errorText(value as Fault);
      return `${title} ${cause} ${next}`;
    }
    return times.has(name) && typeof value === 'string' ? format.dateTime(value) : value;
  };
  return (
    <ul className={styles.findings}>
      {findings.map(({ severity, code, details }, index) => {
        const Icon = icons[severity];
        const shown = Object.entries(details).map(([name, value]) => [name, show(name, value)]);
        return (
          <li key={index}>
            <Icon className={styles[severity] ?? ''} aria-hidden />
            <span>
              <Rich id={`sign.finding.${code}`} values={toMessageValues(Object.fromEntries(shown))} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
