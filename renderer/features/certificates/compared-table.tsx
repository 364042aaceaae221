import { EqualNot } from 'lucide-react';
import { useState } from 'react';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { extensionName } from '../../ui/certificate-extensions.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './compare.module.css';
import { compareCertificates, type ComparedLine } from './differences.ts';

/** Two certificates side by side; lines that differ carry a mark and are told first in the count. */
export function ComparedTable({ left, right }: { readonly left: Certificate; readonly right: Certificate }) {
  const t = useText();
  const [onlyDifferences, setOnly] = useState(false);
  const lines = compareCertificates(left, right);
  const differing = lines.filter(({ differs }) => differs);
  const shown = onlyDifferences ? differing : lines;
  return (
    <>
      <div className={styles.head}>
        <p role="status">
          {differing.length === 0
            ? t('certificates.compareSame')
            : t('certificates.compareDiffer', { count: differing.length, total: lines.length })}
        </p>
        <Checkbox isSelected={onlyDifferences} onChange={setOnly}>
          {t('certificates.compareOnly')}
        </Checkbox>
      </div>
      <div className={styles.scroll} role="region" aria-label={t('certificates.compareTitle')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('certificates.compareField')}</th>
              <th scope="col">
                <Untrusted text={left.commonName} />
              </th>
              <th scope="col">
                <Untrusted text={right.commonName} />
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Line({ line: { label, left, right, differs } }: { readonly line: ComparedLine }) {
  const t = useText();
  const isDate = label === 'certificates.notBefore' || label === 'certificates.notAfter';
  return (
    <tr data-differs={differs}>
      <th scope="row">
        {differs && <EqualNot role="img" aria-hidden={false} aria-label={t('certificates.compareDiffers')} />}
        {typeof label === 'string' ? t(label) : <Untrusted text={extensionName(label, t)} />}
      </th>
      <Values values={left} isDate={isDate} />
      <Values values={right} isDate={isDate} />
    </tr>
  );
}

function Values({ values, isDate }: { readonly values: readonly string[]; readonly isDate: boolean }) {
  const t = useText();
  const format = useFormat();
  if (values.length === 0) return <td className={styles.none}>{t('certificates.compareAbsent')}</td>;
  return (
    <td>
      {values.map((value, index) => (
        <div key={index}>{isDate ? format.dateTime(value) : <Untrusted text={value} mono />}</div>
      ))}
    </td>
  );
}
