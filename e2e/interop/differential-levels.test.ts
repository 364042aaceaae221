import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { CheckAction, CheckName, TrustPolicyStatement } from '../../shared/model/trust-policy.ts';
import { Allowlist } from './allowlist.ts';
import { havePeers } from './peers.ts';
import { differencesOf, TwoJudges, wideStatement, type EnvelopeCase } from './two-judges.ts';
import { caseArtifact, verdictCases, type VerdictCase } from './verdict-cases.ts';

const levels = ['strict', 'permissive', 'audit'] as const;
type Override = Partial<Record<CheckName, CheckAction>>;

/** Every override a policy may have of the checks that the cases break. */
const overrides = ([undefined, 'enforce', 'log'] as const).flatMap((authenticity) =>
  ([undefined, 'enforce', 'log'] as const).flatMap((authenticTimestamp) =>
    ([undefined, 'enforce', 'log'] as const).flatMap((expiry) =>
      ([undefined, 'skip'] as const).map((revocation): Override => ({
        ...(authenticity && { authenticity }),
        ...(authenticTimestamp && { authenticTimestamp }),
        ...(expiry && { expiry }),
        ...(revocation && { revocation }),
      })),
    ),
  ),
);

function statementsFor({ statement, verifyTimestamp }: VerdictCase): TrustPolicyStatement[] {
  return levels.flatMap((level) =>
    overrides.map((override) =>
      wideStatement('acme', {
        signatureVerification: { level, override, ...(verifyTimestamp && { verifyTimestamp }) },
        ...statement,
      }),
    ),
  );
}

describe.skipIf(!havePeers())(
  `${verdictCases.length} faults under ${levels.length * overrides.length} policies each`,
  () => {
    let judges: TwoJudges;
    const allowlist = new Allowlist('differential-levels');
    beforeAll(async () => {
      judges = await TwoJudges.open();
    });
    afterAll(() => judges.close());

    test.each(verdictCases.map((verdictCase) => [verdictCase.name, verdictCase] as const))(
      '%s',
      async (name, verdictCase) => {
        const { trusted, storeType = 'ca', artifact, userMetadata = {}, revocation = {} } = verdictCase;
        await rm(path.join(judges.home, 'truststore'), { recursive: true, force: true });
        await judges.trust(trusted, 'acme', storeType);
        await judges.trust(trusted, 'acme', 'tsa');
        const envelope = await verdictCase.envelope();
        const cases = statementsFor(verdictCase).map((statement): EnvelopeCase => ({
          mediaType: mediaTypes.jws,
          envelope,
          artifact: { ...caseArtifact, ...artifact },
          statement,
          userMetadata,
          revocation,
        }));
        const found = new Map<string, unknown>();
        (await judges.judge(cases)).forEach((verdicts, index) => {
          for (const difference of differencesOf(verdicts))
            found.set(difference, cases[index]?.statement.signatureVerification);
        });
        const allowed = found.size > 0 && allowlist.permits(`levels: ${name}`);
        expect(allowed ? [] : [...found]).toEqual([]);
      },
    );

    test('every allowed difference was seen', () => {
      expect(allowlist.unseen).toEqual([]);
    });
  },
);
