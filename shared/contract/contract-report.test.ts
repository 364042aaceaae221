import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { contract, events } from './contract.ts';
import type { Command, Query } from './define.ts';

type Schema = Exclude<z.core.JSONSchema._JSONSchema, boolean>;
const report = fileURLToPath(new URL('CONTRACT.md', import.meta.url));

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any', override: nameCustom });
}

/** Schemas that a function decides are told by their error text: `not a digest`. */
function nameCustom({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Schema }): void {
  const { def } = zodSchema._zod;
  if (def.type === 'custom' && def.error) jsonSchema.type = 'string';
}

/** A JSON schema in the notation of TypeScript, bounds as comments. */
function toNotation(schema: Schema | boolean | undefined, defs: Record<string, string>): string {
  if (typeof schema !== 'object') return 'unknown';
  const inner = (part: Schema | boolean | undefined) => toNotation(part, defs);
  if (schema.$ref !== undefined) return defs[schema.$ref] ?? 'unknown';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return union.map(inner).join(' | ');
  if (schema.type === 'array')
    return `Array<${inner(schema.items as Schema)}>${bounds(schema.minItems, schema.maxItems)}`;
  if (schema.type === 'object') return objectNotation(schema, inner);
  if (schema.type === 'string') return `string${bounds(schema.minLength, schema.maxLength)}`;
  if (schema.type === 'integer' || schema.type === 'number') return `number${bounds(schema.minimum, schema.maximum)}`;
  return typeof schema.type === 'string' ? schema.type : 'unknown';
}

function bounds(from: number | undefined, to: number | undefined): string {
  const least = from === undefined || from <= Number.MIN_SAFE_INTEGER ? '' : String(from);
  const most = to === undefined || to >= Number.MAX_SAFE_INTEGER ? '' : String(to);
  return least === '' && most === '' ? '' : ` /* ${least}..${most} */`;
}

function objectNotation(schema: Schema, inner: (part: Schema | boolean | undefined) => string): string {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0 && typeof schema.additionalProperties === 'object') {
    return `Record<string, ${inner(schema.additionalProperties)}>`;
  }
  const members = properties.map(([name, value]) => {
    const fallback =
      typeof value === 'object' && value.default !== undefined ? ` /* ${JSON.stringify(value.default)} */` : '';
    return `${name}${schema.required?.includes(name) ? '' : '?'}: ${inner(value)}${fallback}`;
  });
  return `{ ${members.join('; ')} }`;
}

function toDefinitions(schema: Schema): Record<string, string> {
  return Object.fromEntries(Object.keys(schema.$defs ?? {}).map((name, index) => [`#/$defs/${name}`, `Node${index}`]));
}

function renderType(name: string, schema: Schema): string {
  const defs = { ...toDefinitions(schema), '#': name };
  const declared = Object.entries(schema.$defs ?? {}).map(
    ([key, value]) => `type ${defs[`#/$defs/${key}` as keyof typeof defs]} = ${toNotation(value as Schema, defs)};`,
  );
  return [`type ${name} = ${toNotation(schema, defs)};`, ...declared].join('\n');
}

function renderMethod([name, spec]: [string, Query | Command]): string {
  const needs = spec.needs === undefined ? '' : ` Needs of the host: ${spec.needs.join(', ')}.`;
  const errors =
    spec.errors.length === 0
      ? 'none of its own'
      : [...new Set(spec.errors)]
          .sort()
          .map((code) => `\`${code}\``)
          .join(', ');
  const types = [
    renderType('Input', toJsonSchema(spec.input, 'input')),
    renderType('Output', toJsonSchema(spec.output, 'output')),
  ];
  return `### ${name}\n\n${spec.doc} (${spec.kind})${needs}\n\n\`\`\`ts\n${types.join('\n')}\n\`\`\`\n\nErrors: ${errors}.\n`;
}

function renderReport(): string {
  const methods = Object.entries(contract) as [string, Query | Command][];
  const namespaces = [...new Set(methods.map(([name]) => name.split('.')[0]))];
  const sections = namespaces.map((namespace) => {
    const own = methods.filter(([name]) => name.startsWith(`${namespace}.`));
    return `## ${namespace}\n\n${own.map(renderMethod).join('\n')}`;
  });
  const told = Object.entries(events).map(
    ([name, { doc, payload }]) =>
      `### ${name}\n\n${doc}\n\n\`\`\`ts\n${renderType('Payload', toJsonSchema(payload, 'output'))}\n\`\`\`\n`,
  );
  return [
    '# What may be asked of Inkan',
    'Generated from this folder; `npx vitest run -u shared/contract --config build/vitest.config.ts` brings it up to date. The pipe and its frames are in `../rpc`; ' +
      'scripts ask with `POST /rpc/<method>` on the loopback host. Every method may also fail with an `rpc.*` code. ' +
      'Comments give bounds, defaults, and nothing else.',
    ...sections,
    `## Events\n\n${told.join('\n')}`,
  ].join('\n\n');
}

it('CONTRACT.md is what the contract says', async () => {
  const options = await prettier.resolveConfig(report);
  await expect(await prettier.format(renderReport(), { ...options, parser: 'markdown' })).toMatchFileSnapshot(report);
});
