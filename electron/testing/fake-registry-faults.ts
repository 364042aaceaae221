import type { Fault } from './fake-registry.ts';

/** Answers with a status, headers and a body of one's choice. */
export function answering(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): Fault {
  return (_request, response) => {
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.end(body);
  };
}

/** Breaks the connection before any answer. */
export const resetting: Fault = (_request, response) => {
  response.socket?.resetAndDestroy();
};

/** Takes the request and never answers. */
export const hanging: Fault = () => undefined;

/** Sends the headers and one byte, then nothing. */
export const stalling: Fault = (_request, response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('x');
};

/** Promises more bytes than it sends, then closes. */
export function truncating(headers: Readonly<Record<string, string>>, body: string): Fault {
  return (_request, response) => {
    response.writeHead(200, { ...headers, 'content-length': String(Buffer.byteLength(body) + 10) });
    response.write(body, () => response.socket?.destroy());
  };
}

/** Bytes as they are, without HTTP. */
export function raw(text: string): Fault {
  return (_request, response) => {
    response.socket?.end(text);
  };
}
