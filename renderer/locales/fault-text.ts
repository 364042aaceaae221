import type { Language } from './catalogs.ts';
import { faults } from './ja/faults.ts';

interface Pattern {
  readonly expression: RegExp;
  readonly parts: readonly string[];
}

const maxLength = 600;
const maxDepth = 4;
const patterns = Object.entries(faults)
  .filter(([english]) => english.includes('{}'))
  .map(([english, japanese]): Pattern => {
    const escaped = english.split('{}').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    return { expression: new RegExp(`^${escaped.join('(.+?)')}$`, 's'), parts: japanese.split('{}') };
  });

/** What the engine says is wrong with something, in the language in use; as it is when it is another program that says it. */
export function toFaultText(text: string, language: Language): string {
  return language === 'ja' ? translate(text, 0) : text;
}

function translate(text: string, depth: number): string {
  if (Object.hasOwn(faults, text) && !text.includes('{}')) return faults[text] ?? text;
  if (text.length > maxLength || depth >= maxDepth) return text;
  for (const { expression, parts } of patterns) {
    const found = expression.exec(text);
    if (!found) continue;
    const values = found.slice(1).map((value) => translate(value, depth + 1));
    return parts.map((part, index) => part + (index < parts.length - 1 ? (values[index] ?? '') : '')).join('');
  }
  return text;
}
