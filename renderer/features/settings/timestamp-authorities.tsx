import { X } from 'lucide-react';
import type { Settings } from '../../../shared/model/settings.ts';
import { useUpdateSettings } from '../../client/use-settings.ts';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { useTellError } from '../../ui/toast.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './settings.module.css';

/** The timestamp authorities that the sign form offers: those that signed before. */
export function TimestampAuthorities({ authorities }: { readonly authorities: Settings['timestampAuthorities'] }) {
  const t = useText();
  const update = useUpdateSettings();
  const tellError = useTellError();
  return (
    <Section level="h2" title={t('settings.authorities')}>
      {authorities.length === 0 && <p className={styles.note}>{t('settings.authoritiesNone')}</p>}
      {authorities.length > 0 && (
        <ul className={styles.authorities}>
          {authorities.map(({ url, root }) => (
            <li key={url}>
              <span>
                <Untrusted text={url} mono />
                {root && (
                  <small>
                    <Untrusted text={`tsa:${root.store} · ${root.file}`} />
                  </small>
                )}
              </span>
              <IconButton
                size="small"
                label={t('settings.authorityForget', { url })}
                onPress={() =>
                  update({ timestampAuthorities: authorities.filter((authority) => authority.url !== url) }, tellError)
                }
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
