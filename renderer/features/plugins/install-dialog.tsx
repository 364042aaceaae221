import { useState } from 'react';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { InstallChecked, type OpenedPackage } from './install-checked.tsx';
import { InstallMetadata } from './install-metadata.tsx';
import { InstallSource } from './install-source.tsx';

interface InstallDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Installs a plugin in steps that can be left at any time: where from, what is in it, what it says of itself. */
export function InstallDialog(props: InstallDialogProps) {
  return props.isOpen ? <Body {...props} /> : null;
}

function Body({ isOpen, onClose }: InstallDialogProps) {
  const t = useText();
  const [opened, setOpened] = useState<OpenedPackage>();
  const discard = useCommand('pluginPackages.discardPackage');
  const title = t('pluginPackages.title');
  if (!opened) return <InstallSource title={title} isOpen={isOpen} onClose={onClose} onOpened={setOpened} />;
  const putAway = () => discard.mutate({ id: opened.id });
  const again = () => {
    putAway();
    setOpened(undefined);
  };
  return <OpenedSteps title={title} opened={opened} onDiscard={putAway} onOther={again} onClose={onClose} />;
}

interface OpenedProps {
  readonly title: string;
  readonly opened: OpenedPackage;
  readonly onDiscard: () => void;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

/** From what was found in the package to the installed plugin. */
function OpenedSteps({ title, opened, onDiscard, onOther, onClose }: OpenedProps) {
  const t = useText();
  const { id } = opened;
  const ask = useCommand('pluginPackages.askPackage');
  const install = useCommand('pluginPackages.installPackage');
  const [asked, installed] = [ask.data, install.data];
  const force = asked?.change === 'same' || asked?.change === 'older';
  const cancel = () => {
    if (!installed) onDiscard();
    onClose();
  };
  const next = asked ? (
    <Button
      variant={force ? 'danger' : 'primary'}
      isDisabled={install.isPending}
      onPress={() => install.mutate({ id, force })}
    >
      {t(`pluginPackages.verb_${asked.change}`, { version: asked.metadata.version })}
    </Button>
  ) : (
    <Button variant="primary" isDisabled={ask.isPending} onPress={() => ask.mutate({ id })}>
      {t(ask.isPending ? 'pluginPackages.asking' : 'pluginPackages.ask')}
    </Button>
  );
  const footer = installed ? (
    <Button autoFocus variant="primary" onPress={onClose}>
      {t('ui.close')}
    </Button>
  ) : (
    <>
      <Button onPress={onOther}>{t('pluginPackages.other')}</Button>
      <Button onPress={cancel}>{t('ui.cancel')}</Button>
      {next}
    </>
  );
  const error = install.error ?? ask.error;
  return (
    <Dialog title={title} isOpen onClose={cancel} footer={footer} wide>
      {error && <ErrorCard error={error} />}
      {installed ? (
        <Installed {...installed} />
      ) : (
        <>
          <InstallChecked opened={opened} isAsked={asked !== undefined} />
          {asked && <InstallMetadata asked={asked} />}
        </>
      )}
      <Section title={t('sign.command')}>
        <CommandLine command={(installed ?? asked ?? opened).command} />
      </Section>
    </Dialog>
  );
}

interface InstalledProps {
  readonly plugin: string;
  readonly version: string;
  readonly replaced?: string | undefined;
}

function Installed({ plugin, version, replaced = '' }: InstalledProps) {
  const t = useText();
  const title = t(replaced ? 'pluginPackages.updated' : 'pluginPackages.installed', { plugin, version, replaced });
  return (
    <Callout tone="ok" role="status" title={title}>
      <p>{t('pluginPackages.installedText')}</p>
    </Callout>
  );
}
