import { isAppError } from '../../../shared/errors/app-error.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { SourceCapabilities } from '../../../shared/model/source.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson } from '../codec/strict-json.ts';
import { isRepositoryName } from '../oci/parse-reference.ts';
import type { ExchangeResponse } from './http-exchange.ts';
import type { Operation } from './operation.ts';
import { maxErrorBytes, type RegistryClient, type RegistryRequest } from './registry-client.ts';

type Capability = SourceCapabilities['catalog'];

/** A digest that no content can have as far as anyone knows: asking for it, even to delete it, changes nothing. */
const nobodysDigest = `sha256:${'0'.repeat(64)}`;

/**
 * Asks a registry what it can do: `/v2/`, one entry of the catalog, and in a repository the referrers of, and the deletion of, a digest
 * that does not exist.
 * @param repository - one that is known to exist; without it, one from the catalog is used
 * @throws AppError `registry.*` when the registry cannot be reached or does not let us in
 */
export async function probeRegistry(
  client: RegistryClient,
  repository: string | undefined,
  signal: AbortSignal,
): Promise<SourceCapabilities> {
  const operation = client.startOperation(signal);
  const root = await client.ping(operation);
  const { catalog, first } = await probeCatalog(client, operation);
  const known = repository ?? first;
  const [referrersApi, deletion] = await Promise.all([
    probeReferrers(client, known, operation),
    probeDeletion(client, known, operation),
  ]);
  const product = root.headers['server'];
  return {
    probedAt: client.clock.now().toISOString(),
    reachable: true,
    insecure: client.address.insecure,
    authentication: client.authentication.scheme,
    credentials: client.authentication.origin === 'none' ? 'none' : client.authentication.origin,
    catalog,
    referrersApi,
    delete: deletion,
    ...(product && { product: product.slice(0, 100) }),
  };
}

/** The answer, or why there is none that tells anything. */
async function ask(
  client: RegistryClient,
  request: RegistryRequest,
  operation: Operation,
): Promise<ExchangeResponse | Capability> {
  try {
    return await client.ask(request, operation);
  } catch (error) {
    operation.signal.throwIfAborted();
    if (isAppError(error)) return { state: 'unknown', note: error.code };
    throw error;
  }
}

function toCapability(response: ExchangeResponse, yes: boolean, no: boolean): Capability {
  return { state: yes ? 'yes' : no ? 'no' : 'unknown', note: String(response.status) };
}

async function probeCatalog(
  client: RegistryClient,
  operation: Operation,
): Promise<{ catalog: Capability; first?: string }> {
  const request = {
    method: 'GET',
    path: '/v2/_catalog?n=1',
    maxBytes: 4 * 1024 * 1024,
    what: 'catalog',
    scope: 'registry:catalog:*',
  } as const;
  const response = await ask(client, request, operation);
  if ('state' in response) return { catalog: response };
  const first = response.status === 200 ? firstRepository(response.body) : undefined;
  const catalog = toCapability(response, response.status === 200, [403, 404, 405].includes(response.status));
  return { catalog, ...(first && { first }) };
}

function firstRepository(body: Uint8Array): string | undefined {
  try {
    const value = parseStrictJson(body, { maxBytes: body.length });
    const names = isJsonObject(value) ? memberOf(value, 'repositories') : undefined;
    const first = Array.isArray(names) ? names[0] : undefined;
    return typeof first === 'string' && isRepositoryName(first) ? first : undefined;
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

async function probeReferrers(
  client: RegistryClient,
  repository: string | undefined,
  operation: Operation,
): Promise<Capability> {
  if (repository === undefined) return { state: 'unknown' };
  const path = `/v2/${repository}/referrers/${nobodysDigest}`;
  const scope = `repository:${repository}:pull`;
  const response = await ask(
    client,
    { method: 'GET', path, maxBytes: maxErrorBytes, what: 'referrers', scope },
    operation,
  );
  if ('state' in response) return response;
  const isIndex = response.headers['content-type']?.startsWith(mediaTypes.ociIndex) === true;
  return toCapability(response, response.status === 200 && isIndex, [200, 400, 404, 405].includes(response.status));
}

async function probeDeletion(
  client: RegistryClient,
  repository: string | undefined,
  operation: Operation,
): Promise<Capability> {
  if (repository === undefined) return { state: 'unknown' };
  const path = `/v2/${repository}/manifests/${nobodysDigest}`;
  const scope = `repository:${repository}:delete,pull`;
  const response = await ask(
    client,
    { method: 'DELETE', path, maxBytes: maxErrorBytes, what: 'delete', scope },
    operation,
  );
  if ('state' in response) return response;
  return toCapability(response, response.status === 404, [400, 403, 405].includes(response.status));
}
