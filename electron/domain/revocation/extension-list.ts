import { DerError, DerReader, derTag, parseDerBoolean, parseDerOid } from '../x509/der-reader.ts';

/** An extension of a list, an entry or an answer (RFC 5280, section 4.1). */
export interface DerExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const maxExtensions = 200;

/** Reads one extension. @throws DerError */
function readExtension(reader: DerReader): DerExtension {
  const extension = reader.enter(derTag.sequence, 'extension');
  const oid = parseDerOid(extension.readContent(derTag.oid, 'extension OID field'));
  const flag = extension.readOptional(derTag.boolean);
  const value = extension.readContent(derTag.octetString, 'extension value field');
  extension.assertAtEnd('an extension');
  return { oid, critical: flag !== undefined && parseDerBoolean(flag), value };
}

/** Extensions one after the other. @throws DerError */
export function readExtensions(content: Uint8Array): DerExtension[] {
  const reader = new DerReader(content);
  const extensions: DerExtension[] = [];
  while (!reader.isAtEnd) {
    if (extensions.length >= maxExtensions) throw new DerError('too many extensions');
    extensions.push(readExtension(reader));
  }
  return extensions;
}

/** The extensions in the content of an explicitly tagged list. @throws DerError */
export function readExtensionList(content: Uint8Array): DerExtension[] {
  const outer = new DerReader(content);
  const list = outer.readContent(derTag.sequence, 'extensions');
  outer.assertAtEnd('extensions');
  return readExtensions(list);
}
