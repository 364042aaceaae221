import type { ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine, WholeDigest } from '../../ui/copy.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Sentences } from '../../ui/sentences.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { Moved } from './moved.tsx';

interface SignResultProps {
  readonly reference: string;
  readonly result: OutputOf<'sign.signArtifact'>;
  readonly unsaved?: ReactNode;
  readonly onShow: (reference: string, signature: Digest) => void;
  readonly onOpen: (reference: string) => void;
}

const indexWords = {
  registry: 'sign.indexedRegistry',
  tagIndex: 'sign.indexedTagIndex',
  layout: 'sign.indexedLayout',
} as const;

/** What was signed and pushed, how it is found, and whether the tag moved meanwhile. */
export function SignResult({ reference, result, unsaved, onShow, onOpen }: SignResultProps) {
  const t = useText();
  const errorText = useErrorText();
  const show = (
    <Button
      size="small"
      onPress={() => onShow(result.tagMovedTo ? result.subject.digest : reference, result.signatureDigest)}
    >
      {t('sign.show')}
    </Button>
  );
  return (
    <>
      <Callout tone="ok" role="status" title={t(unsaved ? 'layouts.signedTitle' : 'sign.doneTitle')} actions={show}>
        <p>{t(unsaved ? 'layouts.signedText' : 'sign.doneText')}</p>
      </Callout>
      {unsaved}
      {result.tagMovedTo && !isDigest(reference) && (
        <Moved tag={reference} digest={result.tagMovedTo} onOpen={onOpen} />
      )}
      <Facts
        items={[
          [t('sign.signature'), <WholeDigest key="signature" digest={result.signatureDigest} />],
          [t('sign.subject'), <WholeDigest key="subject" digest={result.subject.digest} />],
          [t('sign.usedKey'), <Untrusted key="key" text={result.keyName} />],
          [t('sign.foundBy'), t(unsaved ? 'layouts.foundInCopy' : indexWords[result.indexedBy])],
        ]}
      />
      {result.warnings.length > 0 && (
        <Section title={t('sign.warnings')}>
          {result.warnings.map((warning, index) => {
            const { title, cause, next } = errorText(warning);
            return (
              <Callout key={index} tone="warn" title={title}>
                <p>
                  <Sentences>
                    {cause}
                    {next}
                  </Sentences>
                </p>
              </Callout>
            );
          })}
        </Section>
      )}
      <Section title={t('sign.command')}>
        <CommandLine command={result.command} />
      </Section>
    </>
  );
}
