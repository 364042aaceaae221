import type { Source } from '../../shared/model/source.ts';
import type { Translate } from '../locales/use-text.tsx';

/** What a source is called: by its alias, else by its place; Inkan's own layouts by what they are. */
export function sourceName({ isPlayground, isTestLab, alias, name }: Source, t: Translate): string {
  if (isPlayground) return t('app.playground');
  return isTestLab ? t('app.lab') : (alias ?? name);
}
