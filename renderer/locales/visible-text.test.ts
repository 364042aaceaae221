import { describe, expect, it } from 'vitest';
import { toClipboardText, toVisibleText } from './visible-text.ts';

describe('case I-06: text from registries and certificates', () => {
  it.each([
    ['plain', 'ghcr.io/acme/app:1.0', 'ghcr.io/acme/app:1.0'],
    ['Japanese stays', '署名者 すし', '署名者 すし'],
    ['bidi override', 'exe\u202Egpj', 'exe⟨U+202E⟩gpj'],
    ['zero width', 'a\u200Bb', 'a⟨U+200B⟩b'],
    ['newline and escape', 'a\n\u001B[2J', 'a⟨U+000A⟩⟨U+001B⟩[2J'],
    ['Cyrillic in a Latin word', 'p\u0430ypal', 'p⟨U+0430⟩ypal'],
    ['Cyrillic word alone', 'Привет', 'Привет'],
    ['tag characters', 'a\u{E0041}', 'a⟨U+E0041⟩'],
    ['lone surrogate', 'a\uD800', 'a⟨U+D800⟩'],
  ])('%s', (_name, text, shown) => {
    expect(toVisibleText(text)).toBe(shown);
  });

  it('case I-08: copies one line that a terminal does not run', () => {
    expect(toClipboardText('notation verify x\r\nrm -rf ~\u001B[A')).toBe('notation verify xrm -rf ~[A');
  });
});
