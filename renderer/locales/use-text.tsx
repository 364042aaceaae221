import { setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { I18nProvider, useLingui } from '@lingui/react';
import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import { readCatalog, type Language, type MessageKey } from './catalogs.ts';
import { toVisibleText } from './visible-text.ts';

/** What a message may be given. Texts may come from anywhere: what cannot be seen in them is shown as an escape. */
export type MessageValues = Readonly<Record<string, string | number>>;

export interface LocaleChoice {
  readonly language: Language;
  readonly timeZone: 'local' | 'utc';
}

const LocaleContext = createContext<LocaleChoice>({ language: 'en', timeZone: 'local' });

const compiled = new Map<string, ReturnType<typeof compileMessage>>();

/** Compiles a message when it is first shown: a screen shows a few of thousands. */
function compileOnce(text: string) {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const made = compileMessage(text);
  compiled.set(text, made);
  return made;
}

const i18n = setupI18n().setMessagesCompiler(compileOnce);

function activate(language: Language) {
  if (i18n.locale === language) return;
  i18n.load(language, readCatalog(language));
  i18n.activate(language);
}

/** Gives its children a language and a time zone; changing them re-renders, nothing is loaded anew. */
export function LocaleProvider({ choice, children }: { readonly choice: LocaleChoice; readonly children: ReactNode }) {
  activate(choice.language);
  useEffect(() => {
    document.documentElement.lang = choice.language;
  }, [choice.language]);
  return (
    <I18nProvider i18n={i18n}>
      <LocaleContext value={choice}>{children}</LocaleContext>
    </I18nProvider>
  );
}

/** The language and time zone in use. */
export function useLocale(): LocaleChoice {
  return use(LocaleContext);
}

/** A message of the catalog in the language in use; strings among the values are made visible. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** `const t = useText(); t('artifacts.signer', { name })`. */
export function useText(): Translate {
  const { i18n: active } = useLingui();
  const { locale } = active;
  return useMemo(() => {
    void locale;
    return (key, values) => active._(key, values && visible(values));
  }, [active, locale]);
}

function visible(values: MessageValues): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? toVisibleText(value) : value]),
  );
}

/** The message as {@link useText} gives it, but with the values untouched, for those who put them in themselves. */
export function useRawText(): (key: MessageKey, values: MessageValues) => string {
  const { i18n: active } = useLingui();
  return (key, values) => active._(key, { ...values });
}
