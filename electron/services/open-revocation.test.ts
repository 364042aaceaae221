import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { RevocationBench, urls } from '../testing/revocation-bench.ts';
import { writeOcspResponse } from '../testing/revocation-writer.ts';
import { ServiceBench } from '../testing/service-bench.ts';
import { createRevocationOpener, type OpenRevocation } from './open-revocation.ts';
import { updateSettingsFile } from './settings-file.ts';

let bench: RevocationBench;
let inkan: MemoryDirectory;
let open: OpenRevocation;
beforeEach(() => {
  bench = new RevocationBench({ ocspUrls: [urls.ocsp] });
  bench.servers.set(urls.ocsp, writeOcspResponse(bench.leaf, bench.issuer));
  inkan = new MemoryDirectory('/inkan');
  const { clock, logger } = new ServiceBench();
  open = createRevocationOpener({ http: bench, notationCache: bench.cache, inkan, clock, logger });
});

async function ask(use: 'own' | 'common'): Promise<string | undefined> {
  const checker = await open(use);
  const signal = new AbortController().signal;
  const found = await checker.checkChain(bench.chain.certificates, { purpose: 'codeSigning' }, signal);
  return found.certificates[0]?.questions[0]?.outcome;
}

describe('a checker under the settings', () => {
  it('what lists want to know is asked once, what the user wants to know is asked afresh', async () => {
    await ask('common');
    await ask('common');
    expect(bench.requests).toHaveLength(1);
    await ask('own');
    await ask('own');
    expect(bench.requests).toHaveLength(3);
  });

  it('waits as long as the reference and asks public addresses only, unless set otherwise', async () => {
    await ask('own');
    await updateSettingsFile(inkan, { ocspTimeoutSeconds: 10, revocationPrivateAddresses: true });
    await ask('own');
    expect(bench.requests).toMatchObject([
      { deadlineMs: 2000, addresses: 'public' },
      { deadlineMs: 10_000, addresses: 'any' },
    ]);
  });

  it('a change of the settings counts at once', async () => {
    expect(await ask('common')).toBe('good');
    await updateSettingsFile(inkan, { revocationOnline: false });
    expect([await ask('common'), await ask('own')]).toEqual(['offline', 'offline']);
    await updateSettingsFile(inkan, { revocationOnline: true });
    expect(await ask('common')).toBe('good');
    expect(bench.requests).toHaveLength(2);
  });
});
