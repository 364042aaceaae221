import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { findNameTwin, newFileNameFault, pathPartFault } from './file-names.ts';
import { assertKeyName, assertStoreName } from './key-names.ts';

describe('case F-09: newFileNameFault', () => {
  it.each([
    ['', 'is empty'],
    ['.', 'consists of dots'],
    ['..', 'consists of dots'],
    ['...', 'consists of dots'],
    ['a/b', 'has a path separator'],
    ['a\\b', 'has a path separator'],
    ['a\0b', 'has a control character'],
    ['a\nb', 'has a control character'],
    ['a\u0085b', 'has a control character'],
    ['\udc00', 'is not well-formed Unicode'],
    ['印'.repeat(86), 'is too long'],
    ['.profile', 'begins with a dot'],
    ['root.', 'ends in a dot or space'],
    ['root ', 'ends in a dot or space'],
    ['c:root', 'has one of < > : " | ? *'],
    ['con', 'is a device on Windows'],
    ['Con.crt', 'is a device on Windows'],
    ['COM1', 'is a device on Windows'],
    ['lpt¹.pem', 'is a device on Windows'],
    ['aux .crt', 'is a device on Windows'],
  ])('%j', (name, fault) => {
    expect(newFileNameFault(name)).toBe(fault);
  });

  it.each(['root.crt', 'My CA (2026).pem', '印鑑.crt', 'console', 'com10', 'x'.repeat(255)])('takes %j', (name) => {
    expect(newFileNameFault(name)).toBeUndefined();
  });

  it('never takes a name that leaves its folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const isTaken = newFileNameFault(name) === undefined;
        expect(isTaken && (pathPartFault(name) !== undefined || /[/\\\0]|^\.+$|^$/.test(name))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('case F-09: names of keys and stores', () => {
  it.each([
    '',
    '.',
    '..',
    '.hidden',
    'a/b',
    'a b',
    'a:b',
    'con',
    'nul.x',
    'ends.',
    'line\n',
    'é',
    'e\u0301',
    'x'.repeat(65),
    '__proto__/x',
  ])('%j is refused', (name) => {
    const faultOf = (check: (name: string) => void): string => {
      try {
        check(name);
        return 'none';
      } catch (error) {
        return isAppError(error) ? error.code : 'other';
      }
    };
    expect(faultOf(assertKeyName)).toBe('key.badName');
    expect(faultOf(assertStoreName)).toBe('trustStore.badName');
  });

  it.each(['suji-toshi-mashoya', 'fade-out', 'a', 'A_b.c-9', '__proto__', 'x'.repeat(64)])('%j is taken', (name) => {
    expect(() => assertKeyName(name)).not.toThrow();
    expect(() => assertStoreName(name, [name])).not.toThrow();
  });

  it('refuses case twins and knows composed from decomposed', () => {
    expect(() => assertKeyName('Acme', ['acme'])).toThrow('differs from an existing one only in letter case');
    expect(findNameTwin('caf\u00e9.crt', ['a.crt', 'CAFE\u0301.crt'])).toBe('CAFE\u0301.crt');
    expect(findNameTwin('b.crt', ['a.crt'])).toBeUndefined();
  });
});
