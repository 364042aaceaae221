import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/states.tsx';

interface CancelSigningProps {
  readonly isPending: boolean;
  readonly isCancelling: boolean;
  readonly cancel: () => void;
  readonly onClose: () => void;
}

/** Leaves the sheet; while something is being signed, asks it to stop instead. */
export function CancelSigning({ isPending, isCancelling, cancel, onClose }: CancelSigningProps) {
  const t = useText();
  return (
    <Button isDisabled={isCancelling} onPress={isPending ? cancel : onClose}>
      {t(isCancelling ? 'sign.cancelling' : 'ui.cancel')}
    </Button>
  );
}

/** Says that signing was stopped before it came to anything. */
export function Cancelled() {
  const t = useText();
  return (
    <Callout tone="mute" role="status" title={t('sign.cancelledTitle')}>
      <p>{t('sign.cancelledText')}</p>
    </Callout>
  );
}
