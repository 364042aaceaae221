import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LocaleProvider } from '../locales/use-text.tsx';
import { Rich } from './rich.tsx';

function show(signer: string): string {
  return renderToStaticMarkup(
    <LocaleProvider choice={{ language: 'en', timeZone: 'utc' }}>
      <Rich id="verify.verifiedBy" values={{ signer, store: 'ca:acme' }} />
    </LocaleProvider>,
  );
}

describe('Rich', () => {
  it('puts values into the bold parts of a sentence', () => {
    expect(show('CN=a')).toContain('<b><bdi');
    expect(show('CN=a').replace(/<[^>]+>/g, '')).toBe('Signed by CN=a, which chains to trust store ca:acme.');
  });

  it('case I-05: reads no markup in values, shows what cannot be seen, and keeps placeholders of its own apart', () => {
    const shown = show('</b><b>x</b>{store}\u202E\uE0001\uE001');
    expect(shown).toContain('&lt;/b&gt;&lt;b&gt;x&lt;/b&gt;{store}');
    expect(shown).toContain('U+202E');
    expect(shown).toContain('U+E000');
  });
});
