import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { classes } from '../../ui/classes.ts';
import { ErrorCard } from '../../ui/states.tsx';
import { TestMark, useIsTest } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { StoreRows, type StoreContext } from './store-rows.tsx';
import { storeReference } from './store-words.ts';
import styles from './trust-stores.module.css';

interface StoreCardProps extends StoreContext {
  readonly store: TrustStore;
  /** The address asks for this one. */
  readonly isShown: boolean;
  readonly onDelete: () => void;
}

export function StoreCard({ store, isShown, onDelete, ...context }: StoreCardProps) {
  const t = useText();
  const isOfTest = useIsTest();
  const card = useRef<HTMLElement>(null);
  const reference = storeReference(store);
  const held = store.files.flatMap(({ certificates }) => certificates);
  const isTest = held.length > 0 && held.every(isOfTest);
  useEffect(() => {
    if (isShown) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  return (
    <section ref={card} className={classes(styles.store, isShown && styles.shown)} aria-label={reference}>
      <header>
        <h3>
          <Untrusted text={reference} mono />
        </h3>
        {isTest && <TestMark />}
        <UsedBy store={store} />
        <Button
          size="small"
          variant="quiet"
          aria-label={t('trustStores.deleteStoreOf', { store: reference })}
          onPress={onDelete}
        >
          {t('trustStores.deleteStore')}
        </Button>
      </header>
      {store.problem && <ErrorCard error={store.problem} />}
      <StoreRows store={store} {...context} />
    </section>
  );
}

function UsedBy({ store }: { readonly store: TrustStore }) {
  const t = useText();
  return (
    <span className={styles.usedBy}>
      {store.usedBy.length > 0 ? (
        <Link to="/policies" search={{ statement: store.usedBy[0] }}>
          {t('trustStores.usedBy', { names: store.usedBy.join(', ') })}
        </Link>
      ) : (
        <>
          <Tag dashed>{t('trustStores.unused')}</Tag> {t('trustStores.usedByNone')}
        </>
      )}
    </span>
  );
}
