import type { ContentDocument } from '../../../shared/model/content.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { memberOf, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { isAbout, listOf, objectOf, textOf, toDocument, toList } from './document.ts';

/** The digests of a subject or material as OCI writes them. */
function digestsOf(entry: JsonValue): readonly string[] {
  return Object.entries(objectOf(entry, 'digest')).flatMap(([algorithm, hex]) =>
    typeof hex === 'string' ? [`${algorithm}:${hex}`.slice(0, 200)] : [],
  );
}

function toNamed(entry: JsonValue) {
  return { name: textOf(entry, 'name') ?? textOf(entry, 'uri'), note: digestsOf(entry)[0] };
}

/**
 * An in-toto statement (in-toto attestation framework, "Statement"), with what SLSA provenance says of the build; undefined when it
 * is none.
 */
export function readStatement(
  object: JsonObject,
  subject: Digest | undefined,
  text?: string,
): ContentDocument | undefined {
  const type = textOf(object, '_type');
  if (type?.startsWith('https://in-toto.io/Statement/') !== true) return undefined;
  const predicate = objectOf(object, 'predicate');
  const [build, run] = [objectOf(predicate, 'buildDefinition'), objectOf(predicate, 'runDetails')];
  const subjects = listOf(object, 'subject');
  const materials = [...listOf(predicate, 'materials'), ...listOf(build, 'resolvedDependencies')];
  const source = objectOf(objectOf(predicate, 'invocation'), 'configSource');
  return toDocument('inToto', {
    facts: [
      ['predicateType', textOf(object, 'predicateType')],
      ['statementType', type],
      ['builder', textOf(objectOf(predicate, 'builder'), 'id') ?? textOf(objectOf(run, 'builder'), 'id')],
      ['buildType', textOf(predicate, 'buildType') ?? textOf(build, 'buildType')],
      ['source', textOf(source, 'uri')],
      [
        'created',
        textOf(objectOf(predicate, 'metadata'), 'buildFinishedOn') ?? textOf(objectOf(run, 'metadata'), 'finishedOn'),
      ],
    ],
    lists: [toList('subjects', subjects, toNamed), toList('materials', materials, toNamed)],
    about: isAbout(subjects.slice(0, 1000).flatMap(digestsOf), subject),
    text,
  });
}

/** What is inside the predicate of a statement, such as an SBOM; cosign wraps it once more as `Data`. */
export function predicateOf(object: JsonObject): JsonValue | undefined {
  const predicate = memberOf(object, 'predicate');
  const wrapped = objectOf(object, 'predicate');
  return memberOf(wrapped, 'Data') ?? predicate;
}
