const maxLength = 8192;

/** Whether link parameters such as `; rel="next"` name the relation `next`. */
function isNext(parameters: string): boolean {
  return parameters.split(';').some((parameter) => {
    const [name = '', value = ''] = parameter.split('=', 2);
    const relation = value.trim();
    return name.trim().toLowerCase() === 'rel' && (relation === 'next' || relation === '"next"');
  });
}

/** Target of the `next` link of a `Link` header (RFC 8288), as written; undefined when there is none or it is malformed. */
export function parseNextLink(header: string | undefined): string | undefined {
  if (header === undefined || header.length > maxLength) return undefined;
  for (let at = 0; ;) {
    const open = header.indexOf('<', at);
    const close = header.indexOf('>', open + 1);
    if (open < 0 || close < 0) return undefined;
    const following = header.indexOf('<', close);
    if (isNext(header.slice(close + 1, following < 0 ? undefined : following).replaceAll(',', ';')))
      return header.slice(open + 1, close);
    at = close + 1;
  }
}
