import { Link } from '@tanstack/react-router';
import { Ellipsis, FileJson, ListTree } from 'lucide-react';
import { useState } from 'react';
import type { Artifact } from '../../../shared/model/artifact.ts';
import { isDigest, type Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { Source } from '../../../shared/model/source.ts';
import { useCall } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { toClipboardText } from '../../locales/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { CommandLine, WholeDigest } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { CodeBlock } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { sourceName } from '../../ui/source-name.ts';
import { Callout } from '../../ui/states.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useLasting } from '../../ui/use-lasting.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './artifact-page.module.css';
import { indented } from './indented.ts';
import { InspectionDialog } from './inspection-dialog.tsx';
import { platformsOf } from './platforms.ts';

/** How often a tag is read anew while it is on screen. */
const tagFreshMs = 30_000;

/** After what time a verification can be stopped; most are done by then. */
const longMs = 800;

interface ArtifactHeaderProps {
  readonly source: Source;
  readonly sourceId: string;
  readonly repository: string;
  readonly reference: string;
  readonly artifact: Artifact;
  /** The notation command that verifies it, once it is known. */
  readonly command: string | undefined;
  readonly isVerifying: boolean;
  /** There is nothing to verify; signing is what one comes for. */
  readonly isUnsigned: boolean;
  readonly onVerify: () => void;
  /** Stops verifying. */
  readonly onStop: () => void;
  readonly onVerifyWith: () => void;
  readonly onSign: (reference: string, digest: Digest) => void;
  readonly onOpen: (reference: string) => void;
}

/** What the artifact is, by its whole digest, and what can be done with it. */
export function ArtifactHeader(props: ArtifactHeaderProps) {
  const t = useText();
  const { artifact, repository, reference, source, isVerifying, isUnsigned, onVerify, onSign, command } = props;
  const isTag = !isDigest(reference);
  const isLong = useLasting(isVerifying, longMs);
  return (
    <header>
      <nav className={styles.crumb}>
        <Link to="/sources/$sourceId" params={{ sourceId: source.id }}>
          <Untrusted text={sourceName(source, t)} />
        </Link>
        {source.isTestLab && (
          <>
            {' '}
            <TestMark />
          </>
        )}
        {repository !== '' && (
          <>
            {' › '}
            <Link to="/sources/$sourceId" params={{ sourceId: source.id }} search={{ repository }}>
              <Untrusted text={repository} />
            </Link>
          </>
        )}
      </nav>
      <h1 className={styles.title}>
        <Untrusted text={repository === '' ? source.name : repository} />
        <span>{isTag ? ':' : '@'}</span>
        <span>
          <Untrusted text={isTag ? reference : `${reference.slice(0, 19)}…`} />
        </span>
      </h1>
      <WholeDigest digest={artifact.descriptor.digest} />
      <FactTags {...props} isTag={isTag} />
      <div className={styles.actions}>
        <Button variant={isUnsigned ? 'default' : 'primary'} onPress={onVerify}>
          {t('artifacts.verify')}
        </Button>
        <Button onPress={props.onVerifyWith}>{t('verifyForm.open')}</Button>
        <Button
          variant={isUnsigned ? 'primary' : 'default'}
          onPress={() => onSign(reference, artifact.descriptor.digest)}
        >
          {t('artifacts.sign')}
        </Button>
        <MoreMenu {...props} />
        {isLong && <Button onPress={props.onStop}>{t('artifacts.stopVerifying')}</Button>}
        {command && (
          <div className={styles.command}>
            <CommandLine command={command} />
          </div>
        )}
      </div>
    </header>
  );
}

function FactTags({
  artifact,
  sourceId,
  repository,
  reference,
  onOpen,
  isTag,
}: ArtifactHeaderProps & { readonly isTag: boolean }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(5000);
  const resolved = useCall(
    'artifacts.resolveReference',
    { sourceId, repository, reference },
    { enabled: isTag, staleTimeMs: tagFreshMs, everyMs: tagFreshMs },
  ).data;
  const platforms = platformsOf(artifact);
  const first = platforms.length === 1 ? platforms[0]?.name : undefined;
  const moved = resolved !== undefined && resolved.descriptor.digest !== artifact.descriptor.digest;
  return (
    <>
      <div className={styles.facts}>
        <Tag>{t(formatWord(artifact))}</Tag>
        {platforms.length > 0 && (
          <Tag>
            {first ? <Untrusted text={first} cut /> : t('artifacts.platformCount', { count: platforms.length })}
          </Tag>
        )}
        {artifact.kind !== 'index' && <Tag>{format.bytes(artifact.totalSize)}</Tag>}
        {isTag ? (
          !moved && (
            <Tag>{t('artifacts.tagUnmoved', { when: format.relative(resolved?.readAt ?? artifact.readAt, now) })}</Tag>
          )
        ) : (
          <Tag>{t('artifacts.digestOpened')}</Tag>
        )}
      </div>
      {moved && (
        <div className={styles.moved}>
          <Callout
            tone="warn"
            role="status"
            title={t('artifacts.tagMoved', { tag: reference })}
            actions={
              <Button size="small" onPress={() => onOpen(resolved.descriptor.digest)}>
                {t('artifacts.openMoved')}
              </Button>
            }
          >
            <p>
              <Rich id="artifacts.tagMovedText" values={{ digest: resolved.descriptor.digest }} />
            </p>
          </Callout>
        </div>
      )}
    </>
  );
}

function formatWord({ kind, descriptor }: Artifact) {
  if (descriptor.mediaType === mediaTypes.dockerManifestList) return 'artifacts.dockerIndex';
  if (descriptor.mediaType === mediaTypes.dockerManifest && kind === 'image') return 'artifacts.dockerImage';
  if (kind === 'index') return 'artifacts.ociIndex';
  return kind === 'image' ? 'artifacts.ociImage' : kindLooks[kind].word;
}

function MoreMenu({ artifact, sourceId, repository }: ArtifactHeaderProps) {
  const t = useText();
  const [open, setOpen] = useState<'manifest' | 'inspection'>();
  const close = () => setOpen(undefined);
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => tellDone(t('ui.copied')));
  const entries = [
    { id: 'reference', label: t('artifacts.copyReference'), onAction: () => copy(toClipboardText(artifact.reference)) },
    { id: 'manifest', label: t('artifacts.showManifest'), icon: FileJson, onAction: () => setOpen('manifest') },
    { id: 'inspect', label: t('artifacts.inspect'), icon: ListTree, onAction: () => setOpen('inspection') },
  ];
  return (
    <>
      <MenuButton label={t('artifacts.more')} entries={entries}>
        <Button>
          <Ellipsis aria-hidden />
          {t('artifacts.more')}
        </Button>
      </MenuButton>
      <Dialog wide title={t('artifacts.manifestTitle')} isOpen={open === 'manifest'} onClose={close}>
        <CodeBlock text={indented(artifact.raw)} label={t('artifacts.copyManifest')} />
      </Dialog>
      <InspectionDialog
        target={{ sourceId, repository, digest: artifact.descriptor.digest }}
        isOpen={open === 'inspection'}
        onClose={close}
      />
    </>
  );
}
