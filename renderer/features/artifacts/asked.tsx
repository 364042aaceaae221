import { hasApi, type AttachmentQuestion } from '../../../shared/model/attachment.ts';
import { useText } from '../../locales/use-text.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './attachments.module.css';
import type { WalkLevel } from './walk-attachments.ts';

const words = {
  api: 'artifacts.viaApi',
  tag: 'artifacts.viaTag',
  layout: 'artifacts.viaLayout',
  cosignTag: 'attachments.viaCosign',
} as const;

/** Where attachments were looked for, and how many were there. Tags that nobody expects are told of only when they are there. */
export function Asked({ level: { questions, attachments } }: { readonly level: WalkLevel }) {
  const t = useText();
  const api = hasApi(questions);
  const ways = (['api', 'tag', 'layout', 'cosignTag'] as const).filter((way) =>
    questions.some(({ asked }) => asked === way),
  );
  const told = ways.flatMap((way) => {
    const items = attachments.filter(({ via }) => via.includes(way)).length;
    if (way === 'api' && !api) return [t('attachments.noApi')];
    const isExpected = way === 'layout' || way === 'api' || (way === 'tag' && !api);
    return isExpected || items > 0 ? [t(words[way], { items })] : [];
  });
  return <span className="dim">{told.join(' · ')}</span>;
}

const questionWords = {
  api: 'attachments.questionApi',
  tag: 'attachments.questionTag',
  layout: 'attachments.questionLayout',
  cosignTag: 'attachments.questionCosign',
} as const;

/** Every question that was asked, with its answer. */
export function AskedInFull({ level }: { readonly level: WalkLevel }) {
  const t = useText();
  const answer = ({ asked, status, items }: AttachmentQuestion) => {
    if (status === 0) return t('attachments.answerFailed');
    if (status === undefined || status === 200) return t('attachments.answerItems', { items });
    return t(asked === 'api' ? 'attachments.answerNoApi' : 'attachments.answerAbsent', { status });
  };
  return (
    <dl className={styles.questions}>
      {level.questions.map((question) => (
        <div key={question.what}>
          <dt>
            {t(questionWords[question.asked])}{' '}
            <code>
              <Untrusted text={shortened(question.what)} />
            </code>
          </dt>
          <dd>{answer(question)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A name with a digest in it, its hex cut. */
function shortened(what: string): string {
  return what.replace(/([0-9a-f]{12})[0-9a-f]{20,}/, '$1…');
}
