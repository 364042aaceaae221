import { Link } from '@tanstack/react-router';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, buttonLink } from '../../ui/button.tsx';
import { PlannedFiles } from '../../ui/planned-files.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';

/** As `notation cert generate-test --default test-key` makes it. */
const testKey = { name: 'test-key' };

interface NoKeysProps {
  /** Where the list of keys is, for the files that a test key writes. */
  readonly path: string;
  readonly onPlugin: () => void;
}

/** There is nothing to sign with: one click makes a test key, and signing goes on where it was. */
export function NoKeys({ path, onPlugin }: NoKeysProps) {
  const t = useText();
  const plan = useCall('keys.planTestKey', testKey).data;
  const make = useCommand('keys.createTestKey');
  const isFree = plan?.problems.length === 0;
  const actions = (
    <>
      {isFree && (
        <Button size="small" variant="primary" isPending={make.isPending} onPress={() => make.mutate(testKey)}>
          {t('sign.makeKey')}
        </Button>
      )}
      <Link to="/keys" className={buttonLink('small')}>
        {t('sign.otherKey')}
      </Link>
      <Button size="small" onPress={onPlugin}>
        {t('sign.keyOfPlugin')}
      </Button>
    </>
  );
  return (
    <>
      <Callout tone="plain" title={t('sign.noKeys')} actions={actions}>
        {isFree && (
          <>
            <p>{t('sign.makeKeyText')}</p>
            <PlannedFiles root={path.replace(/[/\\][^/\\]*$/, '')} files={plan.files} />
          </>
        )}
      </Callout>
      {make.error && <ErrorCard error={make.error} />}
    </>
  );
}
