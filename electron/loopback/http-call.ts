import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { isQuery, type Answer, type Dispatch } from '../../shared/rpc/dispatch.ts';
import { frameLimits, parseInput } from '../../shared/rpc/frames.ts';

/** HTTP statuses of the protocol's own codes; the codes of services are all 422. */
const statuses: Partial<Record<string, number>> = {
  'rpc.badFrame': 400,
  'rpc.badInput': 400,
  'rpc.unauthorized': 401,
  'rpc.refusedSender': 403,
  'rpc.unknownMethod': 404,
  'rpc.notOnThisHost': 501,
  'rpc.badOutput': 500,
  'rpc.internal': 500,
};

/** Answers `POST /rpc/<method>` of a caller that the guard and the token gate let in. */
export async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  dispatch: Dispatch,
): Promise<void> {
  const controller = new AbortController();
  response.once('close', () => isQuery(method) && controller.abort());
  const input = await readInput(request, response);
  sendAnswer(response, isAppError(input) ? toFailure(input) : await dispatch(method, input, controller.signal));
}

/** Refuses with a code of the protocol, without reading the body. */
export function refuseCall(
  response: ServerResponse,
  code: 'rpc.unauthorized' | 'rpc.refusedSender' | 'rpc.badFrame',
): void {
  response.setHeader('connection', 'close');
  sendAnswer(response, toFailure(new AppError<ErrorCode>(code, {})));
}

function toFailure(error: AppError): Answer {
  return { ok: false, error: toWireError(error) };
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.ok ? 200 : (statuses[answer.error.code] ?? 422);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer.ok ? answer.output : answer.error));
}

/** JSON only, so that no form of another site can be mistaken for a call. */
async function readInput(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const refused = new AppError('rpc.badFrame', {});
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/json') return refused;
  const chunks: Buffer[] = [];
  let size = 0;
  // Without destroyOnReturn, leaving the loop would cut off the answer as well.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > frameLimits.length) {
      response.setHeader('connection', 'close');
      return refused;
    }
    chunks.push(chunk);
  }
  try {
    return parseInput(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks)));
  } catch {
    return refused;
  }
}
