import type { Digest } from '../../../shared/model/digest.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Callout } from '../../ui/states.tsx';

/** Says that the tag no longer points at what is signed. */
export function Moved({
  tag,
  digest,
  onOpen,
}: {
  readonly tag: string;
  readonly digest: Digest;
  readonly onOpen: (reference: string) => void;
}) {
  const t = useText();
  const open = (
    <Button size="small" onPress={() => onOpen(digest)}>
      {t('sign.openMoved')}
    </Button>
  );
  return (
    <Callout tone="warn" role="alert" title={t('sign.movedTitle', { tag })} actions={open}>
      <p>
        <Rich id="sign.movedText" values={{ digest }} />
      </p>
    </Callout>
  );
}
