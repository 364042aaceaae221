import { Link } from '@tanstack/react-router';
import { Download, Ellipsis, KeyRound, ListX } from 'lucide-react';
import { useState } from 'react';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, buttonLink } from '../../ui/button.tsx';
import { ChainView } from '../../ui/chain-view.tsx';
import { CertificateRules } from '../../ui/certificate-rules.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { downloadText } from '../../ui/download.ts';
import { WithActions } from '../../ui/inspector-pane.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { Facts, Inspector, Section } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { Subject } from '../../ui/subject.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { algorithmName, isForTests, isGone, isPlainName } from './key-words.ts';
import styles from './keys.module.css';
import { RepairButton } from './gone-files.tsx';
import { TrustRules } from './trust-rules.tsx';

interface KeyInspectorProps {
  readonly signingKey: SigningKey;
  readonly onMakeDefault: () => void;
  readonly onRemove: () => void;
  readonly onCleanUp: () => void;
}

type Tab = 'certificate' | 'key';

export function KeyInspector({ signingKey, onMakeDefault, onRemove, onCleanUp }: KeyInspectorProps) {
  const t = useText();
  const [tab, setTab] = useState<Tab>('certificate');
  const { name, chain, isDefault, isTest } = signingKey;
  const save = () => downloadText(`${name}.pem`, chain.map(({ pem }) => pem).join(''));
  const more: MenuEntry[] = [
    { id: 'save', label: t('keys.exportChain'), icon: Download, onAction: save, isDisabled: chain.length === 0 },
    { id: 'remove', label: t('keys.remove'), icon: ListX, onAction: onRemove },
  ];
  const actions = (
    <>
      {!isDefault && <Button onPress={onMakeDefault}>{t('keys.makeDefault')}</Button>}
      {isTest && <Button onPress={onCleanUp}>{t('keys.cleanUp')}</Button>}
      {!isTest && isForTests(signingKey) && (
        <Link to="/lab" className={buttonLink()}>
          {t('app.lab')}
        </Link>
      )}
      <MenuButton label={t('ui.more')} entries={more}>
        <Button>
          <Ellipsis aria-hidden />
          {t('ui.more')}
        </Button>
      </MenuButton>
    </>
  );
  return (
    <WithActions actions={actions}>
      <Inspector
        title={<Title signingKey={signingKey} />}
        label={t('keys.inspector')}
        tab={tab}
        onTab={setTab}
        tabs={[
          {
            id: 'certificate',
            label: t('keys.tabCertificate'),
            content: () => <CertificateTab key={name} signingKey={signingKey} />,
          },
          { id: 'key', label: t('keys.tabKey'), content: () => <KeyTab signingKey={signingKey} /> },
        ]}
      />
    </WithActions>
  );
}

function Title({ signingKey }: { readonly signingKey: SigningKey }) {
  const { name, chain } = signingKey;
  return (
    <>
      <KeyRound aria-hidden />
      <Untrusted text={name} />
      {isForTests(signingKey) && <TestMark />}
      {chain[0] && (
        <span className={styles.subject}>
          <Subject text={chain[0].subject} />
        </span>
      )}
    </>
  );
}

function Problems({ signingKey }: { readonly signingKey: SigningKey }) {
  const repair = isGone(signingKey) && <RepairButton />;
  if (signingKey.problems.length === 0) return null;
  return (
    <div className={styles.problems}>
      {signingKey.problems.map((problem, index) => (
        <ErrorCard key={index} error={problem} {...(index === 0 && repair && { actions: repair })} />
      ))}
    </div>
  );
}

function CertificateTab({ signingKey }: { readonly signingKey: SigningKey }) {
  const t = useText();
  const { chain, chainRules, kind } = signingKey;
  return (
    <>
      <Problems signingKey={signingKey} />
      {chain.length === 0 && kind === 'plugin' && <Callout tone="plain">{t('keys.pluginCertificate')}</Callout>}
      <ChainView chain={chain}>
        <CertificateRules title={t('keys.rulesOfChain')} rules={chainRules} />
        <TrustRules signingKey={signingKey} />
      </ChainView>
    </>
  );
}

/** As the command line takes them; secrets are masked already. */
function toText(config: Readonly<Record<string, string>>): string {
  return Object.entries(config)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function KeyTab({ signingKey }: { readonly signingKey: SigningKey }) {
  const t = useText();
  const { name, algorithm, kind, keyPath, certificatePath, isDefault, isTest } = signingKey;
  const { pluginName, pluginKeyId, pluginConfig } = signingKey;
  const path = (text: string | undefined) => text && <Untrusted text={text} mono />;
  return (
    <>
      <Problems signingKey={signingKey} />
      <Section title={t('keys.tabKey')}>
        <Facts
          items={[
            [t('keys.type'), algorithm && algorithmName(algorithm)],
            [t('keys.where'), kind === 'local' ? t('keys.file') : t('keys.plugin')],
            [t('keys.keyFile'), path(keyPath)],
            [t('keys.certificateFile'), path(certificatePath)],
            [t('keys.plugin'), path(pluginName)],
            [t('keys.pluginKeyId'), path(pluginKeyId)],
            [t('keys.pluginConfig'), path(pluginConfig && toText(pluginConfig))],
            [t('keys.default'), isDefault ? t('keys.yes') : t('keys.no')],
          ]}
        />
        <p className={styles.note}>{t('keys.staysHere')}</p>
      </Section>
      {isPlainName(name) && (
        <Section title={t('keys.commands')}>
          <div className={styles.commands}>
            {!isDefault && <CommandLine command={`notation key update --default ${name}`} />}
            <CommandLine command={`notation key delete ${name}`} />
            {isTest && <CommandLine command={`notation cert cleanup-test ${name}`} />}
          </div>
        </Section>
      )}
      <p className={styles.note}>
        <Link to="/activity">{t('keys.seeActivity')}</Link>
      </p>
    </>
  );
}
