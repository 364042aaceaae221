export const pageScheme = 'app';
export const pageHost = 'inkan';
export const pageUrl = `${pageScheme}://${pageHost}/`;

/** Whether an address is in the origin of the page, told by its parts; an opaque or malformed one is not. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: found, host: asked, port, username, password } = new URL(url);
  return found === `${pageScheme}:` && asked === pageHost && port === '' && username === '' && password === '';
}
