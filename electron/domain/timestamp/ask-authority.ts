import { AppError } from '../../../shared/errors/app-error.ts';
import { HttpFailure, type Http, type HttpResponse } from '../ports.ts';

const queryType = 'application/timestamp-query';
const replyType = 'application/timestamp-reply';
const deadlineMs = 15_000;
/** An answer must be smaller, as with the reference. */
const maxAnswerBytes = 1_048_576;

function toAppError(error: unknown, host: string): unknown {
  if (!(error instanceof HttpFailure)) return error;
  if (error.kind === 'timeout')
    return new AppError('timestamp.timeout', { host, limitMs: error.limitMs || deadlineMs }, { cause: error });
  return new AppError('timestamp.unreachable', { host, cause: error.message.slice(0, 300) }, { cause: error });
}

/** As the reference begins, without what stands in the query: that may be a secret. */
function beginningOf(url: URL): string {
  return `timestamp: POST "${url.origin}${url.pathname}":`;
}

async function readBody(response: HttpResponse, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size >= maxAnswerBytes) {
      response.discard();
      const message = `${beginningOf(url)} unexpected large http response, max response body size allowed is 1 MiB`;
      throw new AppError('timestamp.tooLarge', { host: url.host, limit: maxAnswerBytes, message });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Exactly 200 and exactly the reply's media type; a redirect is an answer like any other that is not 200. */
function checkHead({ status, statusText = '', headers }: HttpResponse, url: URL): void {
  const { host } = url;
  const beginning = beginningOf(url);
  if (status !== 200) {
    const message = `${beginning} https response bad status: ${`${status} ${statusText.slice(0, 100)}`.trim()}`;
    throw new AppError('timestamp.badStatus', { host, status, message });
  }
  const contentType = headers['content-type'] ?? '';
  if (contentType !== replyType) {
    const message = `${beginning} unexpected response content type: ${contentType.slice(0, 100)}`;
    throw new AppError('timestamp.badContentType', { host, contentType: contentType.slice(0, 100), message });
  }
}

/**
 * Posts a question to a timestamp authority (RFC 3161, section 3.4) and gives the answer's bytes: within 15 s, under 1 MiB, no
 * redirect followed.
 *
 * @throws AppError `timestamp.unreachable`, `timestamp.timeout`, `timestamp.badStatus`, `timestamp.badContentType`,
 * `timestamp.tooLarge`; the signal's reason
 */
export async function askAuthority(
  http: Http,
  url: URL,
  question: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    const headers = { 'content-type': queryType, accept: replyType, 'user-agent': 'inkan' };
    const response = await http.send({ method: 'POST', url: url.href, headers, body: question, deadlineMs }, signal);
    try {
      checkHead(response, url);
    } catch (error) {
      response.discard();
      throw error;
    }
    return await readBody(response, url);
  } catch (error) {
    signal.throwIfAborted();
    throw toAppError(error, url.host);
  }
}
