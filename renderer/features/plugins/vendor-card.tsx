import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { Facts } from '../../ui/page.tsx';
import styles from './plugins.module.css';
import type { Vendor } from './vendors.ts';

interface VendorCardProps {
  readonly vendor: Vendor;
  readonly isInstalled: boolean;
  readonly onAddKey: () => void;
}

/** A plugin in the field: what it is, what it needs, and a form for its keys once it is installed. */
export function VendorCard({ vendor, isInstalled, onAddKey }: VendorCardProps) {
  const t = useText();
  const { plugin, title, does, settings, environment, about } = vendor;
  return (
    <section className={styles.vendor} aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span className={styles.vendorName}>
          <code>{plugin}</code>
          <CopyButton text={plugin} label={t('plugins.copyName')} />
        </span>
      </header>
      <p>{t(`plugins.about_${about}`)}</p>
      <span className={styles.tags}>
        {does.map((capability) => (
          <Tag key={capability}>{t(`plugins.does_${capability}`)}</Tag>
        ))}
      </span>
      <Facts
        items={[
          [t('plugins.keyId'), t(`plugins.id_${about}`)],
          [t('plugins.settings'), settings.map(({ key }) => key).join(', ')],
          [t('plugins.environment'), environment.join(', ')],
        ]}
      />
      <footer>
        {isInstalled ? (
          <Button size="small" onPress={onAddKey}>
            {t('plugins.addKey')}
          </Button>
        ) : (
          <span className="sub">{t('plugins.notInstalled')}</span>
        )}
      </footer>
    </section>
  );
}
