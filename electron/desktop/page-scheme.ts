import { protocol, type Session } from 'electron';
import { pageHost, pageScheme } from './page-url.ts';

/** Declares the scheme of the page; before Electron is ready. It may not fetch, is not readable by others, and bypasses nothing. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the page's files, and only these. */
export function servePage(session: Session, respondWithFile: (path: string) => Response | undefined): void {
  session.protocol.handle(pageScheme, (request) => {
    const { host: asked, pathname, search } = new URL(request.url);
    const isPlainRead = request.method === 'GET' && asked === pageHost && search === '';
    return (isPlainRead && respondWithFile(pathname)) || new Response(null, { status: 404 });
  });
}
