import { expect, it } from 'vitest';
import { hostOfGoUrl } from './go-url.ts';

it.each([
  ['', ''],
  ['*', ''],
  ['a/b', ''],
  ['/a:b', ''],
  ['mailto:a@b.c', ''],
  ['urn:%zz', ''],
  ['file:///a', ''],
  ['///a.b', ''],
  ['//a.b/c', 'a.b'],
  ['HTTP://A.b', 'A.b'],
  ['https://user@example.com:80/a%20b?c#d', 'example.com:80'],
  ['http://u:p@w@a.b', 'a.b'],
  ['http://a b/?%zz', undefined],
  ['http://a.b/a b', 'a.b'],
  ['http://a.b/?%zz', 'a.b'],
  ['http://a.b?x:', 'a.b'],
  ['http://a.b#\u0001', 'a.b'],
  ['http://a.b:', 'a.b:'],
  ['http://a%25b', 'a%b'],
  ['http://a%C3%A9', 'a\u00c3\u00a9'],
  ['x://a:1,b:2', 'a:1,b:2'],
  ['http://[::1]:80/', '[::1]:80'],
  ['http://[1:2:3:4:5:6:1.2.3.4]', '[1:2:3:4:5:6:1.2.3.4]'],
  ['http://[::ffff:1.2.3.4]', '[::ffff:1.2.3.4]'],
  ['http://[1:2:3:4:5:6:7::]', '[1:2:3:4:5:6:7::]'],
  ['http://[fe80::1%25en0]', '[fe80::1%en0]'],
  ['http://[fe80::1%25a%20b]', '[fe80::1%a b]'],
])('finds the host of %j', (text, host) => {
  expect(hostOfGoUrl(text)).toBe(host);
});

it.each([
  ['no scheme', ':a'],
  ['a colon in the first part of a path', 'a_b:c'],
  ['a control character', 'http://a.b/\u007f'],
  ['a broken escape in a path', '/a%2'],
  ['a broken escape in a relative path', 'a%2'],
  ['a broken escape in a fragment', '#%g0'],
  ['a broken escape in the user', 'http://%@a.b'],
  ['a broken escape in the password', 'http://u:%@a.b'],
  ['a user with a brace', 'http://u}@a.b'],
  ['a backslash in the host', String.raw`http://a\b`],
  ['a space in the host', 'http://a b'],
  ['a letter escaped in the host', 'http://%41'],
  ['a port that is no number', 'http://a:b'],
  ['two ports', 'http://a:1:2'],
  ['two ports, the last no number', 'x://a:1:b'],
  ['a bracket after the start', 'http://a[::1]'],
  ['a bracket that stays open', 'http://[::1'],
  ['a port without its colon', 'http://[::1]80'],
  ['an IPv4 address in brackets', 'http://[1.2.3.4]'],
  ['an address that is too short', 'http://[1:2:3:4:5:6:7]'],
  ['an address that is too long', 'http://[1:2:3:4:5:6:7:8:9]'],
  ['an address whose gap is none', 'http://[1:2:3:4::5:6:7:8]'],
  ['an address with two gaps', 'http://[1::2::3]'],
  ['an address that ends in a colon', 'http://[1:2:3:4:5:6:7:]'],
  ['an address with five digits', 'http://[::12345]'],
  ['an IPv4 address in the middle', 'http://[1.2.3.4::]'],
  ['an IPv4 address with a leading zero', 'http://[::1.2.3.04]'],
  ['an IPv4 field beyond a byte', 'http://[::1.2.3.256]'],
  ['an empty zone', 'http://[::1%25]'],
  ['a zone with what a host may not hold', 'http://[::1%25%5c]'],
  ['a zone whose percent sign is not escaped', 'http://[::1%en0]'],
  ['no address', 'http://[]'],
])('refuses %s', (_fault, text) => {
  expect(hostOfGoUrl(text)).toBeUndefined();
});

it('takes time in proportion to the length', () => {
  for (const part of ['%', '%25', ':', '::', '[', ']', '@', '.', '1.', 'a', '%C3']) {
    const started = performance.now();
    hostOfGoUrl(`http://[${part.repeat(65_536)}]`);
    hostOfGoUrl(`http://${part.repeat(65_536)}`);
    expect(performance.now() - started).toBeLessThan(100);
  }
});
