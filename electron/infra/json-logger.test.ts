import { describe, expect, it } from 'vitest';
import type { LogLevel } from '../domain/ports.ts';
import { createJsonLogger, redactText } from './json-logger.ts';
import { systemClock } from './system-clock.ts';

const secret = 'S3cr3tPlanted';
const pem = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;

function logged(message: string, fields?: Record<string, unknown>, minimumLevel: LogLevel = 'debug'): string {
  let text = '';
  const logger = createJsonLogger({ clock: systemClock, minimumLevel, write: (line) => (text += line) });
  logger.log('info', message, fields);
  return text;
}

describe('createJsonLogger', () => {
  it('writes one JSON object a line', () => {
    const line = logged('two\nlines', { host: 'localhost:5000', count: 2, size: 2n, when: new Date(0) });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      message: 'two\nlines',
      host: 'localhost:5000',
      count: 2,
      size: '2',
      when: '1970-01-01T00:00:00.000Z',
    });
  });

  it('leaves out what is below its level', () => {
    expect(logged('quiet', {}, 'warn')).toBe('');
  });

  it.each<[string, Record<string, unknown>]>([
    ['authorization', { headers: { Authorization: `Basic ${secret}` } }],
    ['password', { input: { password: secret } }],
    ['token', { identity_token: secret, 'refresh-token': secret, accessToken: secret }],
    ['auth', { auths: [{ auth: secret }] }],
    ['PEM in a member', { text: `key is ${pem} here` }],
    ['PEM cut off', { text: `-----BEGIN PRIVATE KEY-----\n${secret}` }],
    ['private key', { privateKey: secret, keyPem: secret }],
    ['bytes', { body: new TextEncoder().encode(secret) }],
    ['error', { cause: new Error(`failed with Bearer ${secret}`, { cause: new Error(pem) }) }],
    ['error with members', { cause: Object.assign(new Error('x'), { password: secret }) }],
    ['address', { url: `https://user:${secret}@registry.example/v2/` }],
    ['deep', { a: { b: { c: { d: { e: { f: { g: secret } } } } } } }],
    ['program input', { stdin: secret }],
  ])('redacts: %s', (_title, fields) => {
    const line = logged(`asked with Bearer ${secret}`, fields);
    expect(line).not.toContain(secret);
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('keeps what explains a failure', () => {
    expect(redactText('GET https://registry.example/v2/a@sha256:00 gave 404')).toBe(
      'GET https://registry.example/v2/a@sha256:00 gave 404',
    );
    expect(logged('x', { cause: new Error('connect ECONNREFUSED') })).toContain('connect ECONNREFUSED');
  });

  it('cuts long texts and takes no time over hostile ones', () => {
    const started = performance.now();
    for (const text of [
      '-----BEGIN '.repeat(6000),
      ' '.repeat(65_536),
      'bearer '.repeat(9000),
      '://@'.repeat(16_000),
    ]) {
      expect(redactText(text).length).toBeLessThan(8192);
    }
    expect(performance.now() - started).toBeLessThan(100);
  });
});
