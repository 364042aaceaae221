import type { ContentDocument, DocumentFactName, DocumentForm, DocumentList } from '../../../shared/model/content.ts';
import { useFormat, type Format } from '../../locales/format.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useText } from '../../locales/use-text.tsx';
import { CodeBlock, Facts, Section } from '../../ui/page.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './attachments.module.css';
import { indented } from './indented.ts';

const formWords: Readonly<Record<DocumentForm, MessageKey>> = {
  spdx: 'attachments.formSpdx',
  spdxTagValue: 'attachments.formSpdxTagValue',
  spdx3: 'attachments.formSpdx3',
  cycloneDx: 'attachments.formCycloneDx',
  dsse: 'attachments.formDsse',
  inToto: 'attachments.formInToto',
  simpleSigning: 'attachments.formSimpleSigning',
  sigstoreBundle: 'attachments.formSigstoreBundle',
  json: 'attachments.formJson',
  text: 'attachments.formText',
  binary: 'attachments.formBinary',
};
const listWords: Readonly<Record<DocumentList['of'], MessageKey>> = {
  packages: 'attachments.listPackages',
  components: 'attachments.listComponents',
  subjects: 'attachments.listSubjects',
  materials: 'attachments.listMaterials',
  signatures: 'attachments.listSignatures',
  elements: 'attachments.listElements',
};
const times: readonly DocumentFactName[] = ['created', 'validFrom', 'validTo', 'logTime'];
/** What has nothing but its text. */
const plain: readonly DocumentForm[] = ['json', 'text', 'binary'];
/** What nobody reads in a row of facts. */
const shownLength = 240;

/** One decoded document: its facts, what it lists, and the beginning of its text. */
export function ContentDocumentView({ document }: { readonly document: ContentDocument }) {
  const t = useText();
  const format = useFormat();
  const { form, facts, lists, about, text, isTextCut } = document;
  return (
    <Section title={t(formWords[form])}>
      {about && (
        <div className={styles.notes}>
          <Callout
            compact
            tone={about === 'subject' ? 'plain' : 'warn'}
            title={t(about === 'subject' ? 'attachments.aboutSubject' : 'attachments.aboutOther')}
          />
        </div>
      )}
      <Facts
        items={facts.map(({ name, value }) => [
          t(`attachments.fact.${name}`),
          <Untrusted key={name} text={shown(name, value, format)} limit={shownLength} />,
        ])}
      />
      {lists.map((list) => (
        <Items key={list.of} list={list} />
      ))}
      {text !== undefined && (
        <details className={styles.text} open={plain.includes(form)}>
          <summary>{t('attachments.text')}</summary>
          {isTextCut && <p className="dim">{t('attachments.textCut')}</p>}
          <CodeBlock text={isTextCut ? text : indented(text)} label={t('attachments.copyText')} />
        </details>
      )}
    </Section>
  );
}

function shown(name: DocumentFactName, value: string, format: Format): string {
  return times.includes(name) ? format.dateTime(value) : value;
}

function Items({ list: { of, count, items } }: { readonly list: DocumentList }) {
  const t = useText();
  return (
    <details className={styles.text}>
      <summary>{t(listWords[of], { count })}</summary>
      <ul className={styles.items}>
        {items.map(({ name, version, note }, index) => (
          <li key={index}>
            <Untrusted text={name} />{' '}
            {version && (
              <span className="sub">
                <Untrusted text={version} />
              </span>
            )}{' '}
            {note && (
              <span className="dim">
                <Untrusted text={note} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {count > items.length && <p className="dim">{t('attachments.moreItems', { count: count - items.length })}</p>}
    </details>
  );
}
