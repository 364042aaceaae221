const maxNames = 200;

/**
 * The repositories that a pasted text names, each once: one a line or with spaces, commas or semicolons between. Of a whole reference
 * the registry, when it is this one, and the tag or digest are left away. Whether a name is one is for the host to say.
 */
export function toRepositories(text: string, registry: string): readonly string[] {
  const names = text.split(/[\s,;]+/).map((word) => {
    const bare = word.startsWith(`${registry}/`) ? word.slice(registry.length + 1) : word;
    const [name = ''] = bare.split('@', 1);
    const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    return colon < 0 ? name : name.slice(0, colon);
  });
  return [...new Set(names.filter((name) => name !== ''))].slice(0, maxNames);
}
