import { Fragment, type ReactNode } from 'react';
import type { MessageKey } from '../locales/catalogs.ts';
import { useRawText } from '../locales/use-text.tsx';
import { Untrusted } from './untrusted.tsx';

interface RichProps {
  readonly id: MessageKey;
  /** Strings are shown as untrusted text; numbers are formatted by the message. Nodes go in as they are. */
  readonly values?: Readonly<Record<string, ReactNode>>;
  /** What `<name>…</name>` in the message becomes, beside `<b>` and `<code>`. */
  readonly tags?: Readonly<Record<string, (children: ReactNode) => ReactNode>>;
}

type Tags = NonNullable<RichProps['tags']>;

const basicTags: Tags = {
  b: (children) => <b>{children}</b>,
  code: (children) => <code>{children}</code>,
};
/** Words that a message chooses by (`select`); they cannot carry markup. */
const isChoice = (value: unknown) => typeof value === 'string' && /^[A-Za-z0-9_]{1,24}$/.test(value);
const token = /\uE000(\d+)\uE001|<(\/?)([a-z]+)>/g;

/** The same sentence as a text, without its parts set off: `const plain = usePlain(); plain('reasons.expiry.past', values)`. */
export function usePlain(): (id: MessageKey, values: Readonly<Record<string, string | number>>) => string {
  const raw = useRawText();
  return (id, values) => {
    const texts: string[] = [];
    const simple = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        if (typeof value === 'number' || isChoice(value)) return [name, value];
        texts.push(value);
        return [name, `\uE000${texts.length - 1}\uE001`];
      }),
    );
    return raw(id, simple).replaceAll(token, (_, index?: string) =>
      index === undefined ? '' : (texts[Number(index)] ?? ''),
    );
  };
}

/** A sentence with bold and other parts. Tags in the values mean nothing: only the catalog's own are read. */
export function Rich({ id, values = {}, tags = {} }: RichProps) {
  const raw = useRawText();
  const nodes: ReactNode[] = [];
  const simple = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'number') return [name, value];
      if (isChoice(value)) return [name, value as string];
      nodes.push(typeof value === 'string' ? <Untrusted text={value} /> : value);
      return [name, `\uE000${nodes.length - 1}\uE001`];
    }),
  );
  return <>{build(raw(id, simple), nodes, { ...basicTags, ...tags })}</>;
}

interface Open {
  readonly tag: string;
  readonly children: ReactNode[];
}

function build(text: string, nodes: readonly ReactNode[], tags: Tags): ReactNode[] {
  const stack: Open[] = [{ tag: '', children: [] }];
  const add = (node: ReactNode) => {
    const children = stack.at(-1)?.children;
    children?.push(<Fragment key={children.length}>{node}</Fragment>);
  };
  let end = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > end) add(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [, index, closing, tag] = match;
    if (index !== undefined) add(nodes[Number(index)]);
    else if (!closing) stack.push({ tag: tag ?? '', children: [] });
    else if (stack.length > 1) {
      const open = stack.pop();
      if (open) add(tags[open.tag]?.(open.children) ?? open.children);
    }
  }
  if (end < text.length) add(text.slice(end));
  return stack[0]?.children ?? [];
}
