import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { labScope } from '../../../shared/model/lab.ts';
import { itemsOf, parseDocument, valueOf } from '../../../shared/policy-text/json-document.ts';
import {
  addStatement,
  createDocument,
  removeStatement,
  statementList,
  type NewStatement,
} from '../../../shared/policy-text/statement-list.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { ABSENT, type Directory } from '../ports.ts';
import { isUsable, validatePolicy } from '../trust/policy-document.ts';
import { readPolicyFile, type PolicyFile } from '../trust/policy-file.ts';
import type { LabRecord } from './lab-record.ts';

const lockName = 'trust-policy';

/** The lab's statement: one repository, its own stores, one signer. */
export function toLabStatement(name: string, stores: readonly string[], identity: string): NewStatement {
  return {
    name,
    scopes: [labScope],
    level: 'strict',
    verifyTimestamp: 'afterCertExpiry',
    stores,
    identities: [identity],
  };
}

/** A statement as it is written into a document. */
export function toStatementJson(statement: NewStatement): string {
  return findStatements(createDocument(statement))[0]?.json ?? '';
}

interface FoundStatement {
  readonly name: unknown;
  /** Without the white space of the file. */
  readonly json: string;
}

function findStatements(text: string): readonly FoundStatement[] {
  return itemsOf(statementList(parseDocument(text))).map((node) => ({
    name: valueOf(node, 'name')?.value as unknown,
    json: JSON.stringify(JSON.parse(text.slice(node.offset, node.offset + node.length))),
  }));
}

/** What the policy has room for: the file to write to, and a name that no statement has. */
export interface PolicyRoom {
  readonly file: PolicyFile;
  readonly name: string;
}

/**
 * Looks whether the statement can be added without changing what another one says.
 *
 * @throws AppError `policy.invalid`, `lab.scopeTaken`, `file.*`
 */
export async function findPolicyRoom(notation: Directory, wanted: string): Promise<PolicyRoom> {
  const file = await readPolicyFile(notation, 'oci');
  if (file.text === null) return { file, name: wanted };
  const policy = validatePolicy(file.text);
  if (!isUsable(policy)) {
    const refused = policy.problems.filter(({ severity }) => severity !== 'warning');
    throw new AppError('policy.invalid', { count: Math.max(1, refused.length), message: refused[0]?.message ?? '' });
  }
  const taken = policy.statements.find(({ registryScopes }) => registryScopes.includes(labScope));
  if (taken) throw new AppError('lab.scopeTaken', { scope: labScope, statement: taken.name });
  const names = policy.statements.map(({ name }) => name);
  let name = wanted;
  for (let number = 2; names.includes(name); number += 1) name = `${wanted}-${number}`;
  return { file, name };
}

/** Adds the statement to the policy as it was looked at; every other byte stays. @throws AppError `file.changedMeanwhile`, `file.*` */
export async function addLabStatement(
  notation: Directory,
  { file }: PolicyRoom,
  statement: NewStatement,
): Promise<void> {
  const text = file.text === null ? createDocument(statement) : addStatement(file.text, statement);
  await notation.withLock(lockName, () => replace(notation, file, text));
}

async function replace(notation: Directory, file: PolicyFile, text: string): Promise<void> {
  await notation.write(file.name, toUtf8(text), {
    mode: 0o600,
    ifRevision: file.text === null ? ABSENT : file.revision,
  });
}

/** What there is to do about the statement. */
export interface StatementRemoval {
  readonly action: 'remove' | 'keep' | 'absent';
  readonly why?: 'changed' | 'lastStatement';
  readonly file: PolicyFile;
  /** The text without it; null when the file goes. */
  readonly text: string | null;
}

/** Finds the statement where it was put, and whether it is still as it was. */
export async function findStatementRemoval(notation: Directory, record: LabRecord): Promise<StatementRemoval> {
  const file = await readPolicyFile(notation, 'oci').catch((error: unknown) => {
    if (!isAppError(error, 'file.malformed')) throw error;
    return { name: record.statement.file, text: null, revision: ABSENT };
  });
  const kept = { file, text: file.text };
  if (file.text === null) return { ...kept, action: 'absent' };
  const statements = findStatements(file.text);
  const index = statements.findIndex(({ name }) => name === record.statement.name);
  if (index < 0) return { ...kept, action: 'absent' };
  if (statements[index]?.json !== record.statement.json) return { ...kept, action: 'keep', why: 'changed' };
  if (statements.length > 1) return { file, action: 'remove', text: removeStatement(file.text, index) };
  if (record.statement.madeFile) return { file, action: 'remove', text: null };
  return { ...kept, action: 'keep', why: 'lastStatement' };
}

/** Takes the statement out, when it is still the lab's. @throws AppError `file.changedMeanwhile`, `file.*` */
export async function removeLabStatement(notation: Directory, record: LabRecord): Promise<void> {
  await notation.withLock(lockName, async () => {
    const { action, file, text } = await findStatementRemoval(notation, record);
    if (action !== 'remove') return;
    if (text !== null) await replace(notation, file, text);
    else await notation.remove(file.name);
  });
}
