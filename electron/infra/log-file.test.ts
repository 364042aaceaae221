import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'inkan-log-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('openLogFile', () => {
  it('appends lines to a file of the user alone', () => {
    const logs = join(folder, 'logs');
    for (const line of ['one\n', 'two\n']) {
      const log = openLogFile(logs);
      log.write(line);
      log.close();
      log.write('after its end\n');
    }
    const path = join(logs, 'inkan.log');
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(logs).mode & 0o777).toBe(0o700);
  });

  it('starts anew when the file has grown, and keeps the previous one', () => {
    writeFileSync(join(folder, 'inkan.log'), 'x'.repeat(1024 * 1024 + 1));
    const log = openLogFile(folder);
    log.write('new\n');
    log.close();
    expect(readFileSync(join(folder, 'inkan.log'), 'utf8')).toBe('new\n');
    expect(statSync(join(folder, 'inkan.log.1')).size).toBe(1024 * 1024 + 1);
  });

  it('does without where no file can be kept', () => {
    writeFileSync(join(folder, 'taken'), '');
    const log = openLogFile(join(folder, 'taken'));
    expect(() => log.write('lost\n')).not.toThrow();
    log.close();
  });
});
