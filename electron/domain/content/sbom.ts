import type { ContentDocument } from '../../../shared/model/content.ts';
import { memberOf, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { listOf, objectOf, textOf, toDocument, toList } from './document.ts';

const maxLines = 200_000;
const maxNamed = 100;

/** A version with SPDX's license beside it. */
function toPackage(entry: JsonValue) {
  const license = textOf(entry, 'licenseConcluded') ?? textOf(entry, 'licenseDeclared');
  const isKnown = license !== undefined && license !== 'NOASSERTION' && license !== 'NONE';
  return { name: textOf(entry, 'name'), version: textOf(entry, 'versionInfo'), ...(isKnown && { note: license }) };
}

/** An SPDX 2 document in JSON; undefined when it is none (SPDX 2.3, clause 6). */
export function readSpdx(object: JsonObject, text?: string): ContentDocument | undefined {
  const version = textOf(object, 'spdxVersion');
  if (version === undefined) return undefined;
  const creation = objectOf(object, 'creationInfo');
  const creators = listOf(creation, 'creators').map((creator) => textOf(creator) ?? '');
  const count = (name: string) => String(listOf(object, name).length || '');
  return toDocument('spdx', {
    facts: [
      ['version', version],
      ['name', textOf(object, 'name')],
      ['namespace', textOf(object, 'documentNamespace')],
      ['created', textOf(creation, 'created')],
      ['creator', creators.slice(0, 8).join(' · ')],
      ['files', count('files')],
      ['relationships', count('relationships')],
    ],
    lists: [toList('packages', listOf(object, 'packages'), toPackage)],
    text,
  });
}

/** An SPDX 3 document in JSON-LD; undefined when it is none (SPDX 3.0, serialization). */
export function readSpdx3(object: JsonObject, text?: string): ContentDocument | undefined {
  const context = textOf(object, '@context') ?? textOf(listOf(object, '@context')[0]);
  if (context?.includes('spdx.org') !== true) return undefined;
  const graph = listOf(object, '@graph');
  const typed = graph.filter((entry) => textOf(entry, 'type') === 'software_Package');
  return toDocument('spdx3', {
    facts: [['version', context]],
    lists: [
      toList('packages', typed, (entry) => ({
        name: textOf(entry, 'name'),
        version: textOf(entry, 'software_packageVersion'),
      })),
      toList('elements', graph, (entry) => ({ name: textOf(entry, 'name'), note: textOf(entry, 'type') })),
    ],
    text,
  });
}

/** A CycloneDX document in JSON; undefined when it is none (CycloneDX 1.6, "bom"). */
export function readCycloneDx(object: JsonObject, text?: string): ContentDocument | undefined {
  if (memberOf(object, 'bomFormat') !== 'CycloneDX') return undefined;
  const metadata = objectOf(object, 'metadata');
  const component = objectOf(metadata, 'component');
  const tools = [...listOf(metadata, 'tools'), ...listOf(objectOf(metadata, 'tools'), 'components')];
  return toDocument('cycloneDx', {
    facts: [
      ['version', textOf(object, 'specVersion')],
      ['name', [textOf(component, 'name'), textOf(component, 'version')].filter(Boolean).join(' ')],
      ['serialNumber', textOf(object, 'serialNumber')],
      ['created', textOf(metadata, 'timestamp')],
      [
        'tool',
        tools
          .slice(0, 8)
          .map((tool) => [textOf(tool, 'name'), textOf(tool, 'version')].join(' ').trim())
          .join(' · '),
      ],
      ['vulnerabilities', String(listOf(object, 'vulnerabilities').length || '')],
    ],
    lists: [
      toList('components', listOf(object, 'components'), (entry) => ({
        name: textOf(entry, 'name'),
        version: textOf(entry, 'version'),
        note: textOf(entry, 'type'),
      })),
    ],
    text,
  });
}

/** An SPDX 2 document of tags and values; undefined when it is none (SPDX 2.3, annex "Tag-value"). */
export function readSpdxTagValue(text: string): ContentDocument | undefined {
  const first = text
    .slice(0, 4096)
    .split('\n')
    .find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first?.startsWith('SPDXVersion:') !== true) return undefined;
  const firsts = new Map<string, string>();
  const packages: { name: string; version?: string }[] = [];
  let count = 0;
  let files = 0;
  for (const line of text.split('\n', maxLines)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const [tag, value] = [
      line.slice(0, colon),
      line
        .slice(colon + 1)
        .trim()
        .slice(0, 1000),
    ];
    if (!firsts.has(tag) && firsts.size < 200) firsts.set(tag, value);
    if (tag === 'FileName') files += 1;
    const last = packages.at(-1);
    if (tag === 'PackageName') {
      count += 1;
      if (packages.length < maxNamed) packages.push({ name: value });
    } else if (tag === 'PackageVersion' && last && packages.length === count) last.version ??= value;
  }
  return toDocument('spdxTagValue', {
    facts: [
      ['version', firsts.get('SPDXVersion')],
      ['name', firsts.get('DocumentName')],
      ['namespace', firsts.get('DocumentNamespace')],
      ['created', firsts.get('Created')],
      ['creator', firsts.get('Creator')],
      ['files', String(files || '')],
    ],
    lists: [{ of: 'packages', count, items: packages }],
    text,
  });
}
