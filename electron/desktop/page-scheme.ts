import { protocol, type Session } from 'electron';

const scheme = 'app';
const host = 'inkan';
/** The origin of the page, and of nothing else. */
export const pageOrigin = `${scheme}://${host}`;
export const pageUrl = `${pageOrigin}/`;

/** Declares the scheme of the page; before Electron is ready. It may not fetch, is not readable by others, and bypasses nothing. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, codeCache: true } }]);
}

/** Serves the page's files, and only these. */
export function servePage(session: Session, respondWithFile: (path: string) => Response | undefined): void {
  session.protocol.handle(scheme, (request) => {
    const { host: asked, pathname, search } = new URL(request.url);
    const isPlainRead = request.method === 'GET' && asked === host && search === '';
    return (isPlainRead && respondWithFile(pathname)) || new Response(null, { status: 404 });
  });
}

/** Whether an address is in the origin of the page, told by its parts; an opaque or malformed one is not. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: found, host: asked, port, username, password } = new URL(url);
  return found === `${scheme}:` && asked === host && port === '' && username === '' && password === '';
}
