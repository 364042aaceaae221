import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useText } from '../locales/use-text.tsx';
import { buttonLink } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';
import styles from './shell.module.css';

export function NotFound() {
  const t = useText();
  return (
    <div className={styles.filled}>
      <Empty
        icon={MapPinOff}
        title={t('app.notFoundTitle')}
        actions={
          <Link to="/" className={buttonLink()}>
            {t('app.home')}
          </Link>
        }
      >
        {t('app.notFoundText')}
      </Empty>
    </div>
  );
}
