/** Environment variables as Node has them. */
type Environment = Readonly<Record<string, string | undefined>>;

function valueOf(environment: Environment, name: string): string | undefined {
  return environment[name] || environment[name.toLowerCase()] || undefined;
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** Whether an entry of NO_PROXY names a host: itself, or with or without a leading dot what ends in it. */
function isExempt(entry: string, url: URL): boolean {
  const text = entry.trim().toLowerCase();
  if (text === '*') return true;
  const colon = text.lastIndexOf(':');
  const hasPort = colon > 0 && /^\d+$/.test(text.slice(colon + 1)) && (!text.includes('[') || text.includes(']:'));
  const name = hasPort ? text.slice(0, colon) : text;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (name === '' || (hasPort && text.slice(colon + 1) !== port)) return false;
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  const host = url.hostname.toLowerCase();
  if (suffix.startsWith('.')) return host.endsWith(suffix);
  return host === suffix || host.endsWith(`.${suffix}`);
}

/** The proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name for a URL, by the rules of Go programs; this machine never needs one. */
export function proxyFor(url: URL, environment: Environment): string | undefined {
  const proxy = valueOf(environment, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === undefined || isLocal(url.hostname)) return undefined;
  const exempt = (valueOf(environment, 'NO_PROXY') ?? '').split(',');
  if (exempt.some((entry) => isExempt(entry, url))) return undefined;
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  return URL.canParse(address) ? address : undefined;
}
