import { Children, Fragment, type ReactNode } from 'react';
import { useLocale } from '../locales/use-text.tsx';

/** Sentences one after the other: with a space between them, or none in Japanese. What is empty is left out. */
export function Sentences({ children }: { readonly children: ReactNode }) {
  const { language } = useLocale();
  const gap = language === 'ja' ? '' : ' ';
  return (
    <>
      {Children.toArray(children).map((sentence, index) => (
        <Fragment key={index}>
          {index > 0 && gap}
          {sentence}
        </Fragment>
      ))}
    </>
  );
}
