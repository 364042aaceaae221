/** What the page and the loopback host agree on before any frame is sent. */

/** Where the WebSocket is opened, and under which the methods answer to plain HTTP: `POST /rpc/<namespace.verbNoun>`. */
export const rpcPath = '/rpc';

/** The subprotocol that the host chooses. The other one offered carries the token: a request header, never part of an address. */
export const webSocketProtocol = 'inkan';
const tokenPrefix = 'token.';

/** The subprotocols to open the WebSocket with. A wrong token is answered with HTTP 401, before the socket opens. */
export function webSocketProtocols(token: string): string[] {
  return [webSocketProtocol, `${tokenPrefix}${token}`];
}

/** The token among the subprotocols offered, unchecked; undefined when there is not exactly one. */
export function tokenOfProtocols(offered: readonly string[]): string | undefined {
  const tokens = offered.filter((protocol) => protocol.startsWith(tokenPrefix));
  return tokens.length === 1 ? tokens[0]?.slice(tokenPrefix.length) : undefined;
}
