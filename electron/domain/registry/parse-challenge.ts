import { CodecError } from '../codec/codec-error.ts';

/** One challenge of a `WWW-Authenticate` header: scheme in lower case, parameters by lower-case name. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const maxLength = 8192;
const maxChallenges = 16;
const maxParameters = 32;

function isTokenCharacter(code: number): boolean {
  if ((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) return true;
  return "!#$%&'*+-.^_`|~".includes(String.fromCharCode(code));
}

class ChallengeScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  fault(what: string): CodecError {
    return new CodecError(`${what} at offset ${this.#at}`, this.#at);
  }

  skip(characters: string): boolean {
    const start = this.#at;
    while (!this.isAtEnd && characters.includes(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#at > start;
  }

  token(): string {
    const start = this.#at;
    while (!this.isAtEnd && isTokenCharacter(this.#text.charCodeAt(this.#at))) this.#at += 1;
    if (this.#at === start) throw this.fault('a name was expected');
    return this.#text.slice(start, this.#at);
  }

  quoted(): string {
    let value = '';
    for (this.#at += 1; !this.isAtEnd; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return value;
      }
      if (character === '\\') this.#at += 1;
      value += this.#text.charAt(this.#at);
    }
    throw this.fault('a quoted value has no end');
  }

  /** A parameter, or undefined when a new challenge starts here instead. */
  parameter(): readonly [string, string] | undefined {
    const start = this.#at;
    const name = this.token();
    this.skip(' \t');
    if (this.#text.charAt(this.#at) !== '=') {
      this.#at = start;
      return undefined;
    }
    this.#at += 1;
    this.skip(' \t');
    return [name.toLowerCase(), this.#text.charAt(this.#at) === '"' ? this.quoted() : this.token()];
  }
}

function parseParameters(scanner: ChallengeScanner): Map<string, string> {
  const parameters = new Map<string, string>();
  while (!scanner.isAtEnd) {
    scanner.skip(' \t,');
    const parameter = scanner.isAtEnd ? undefined : scanner.parameter();
    if (!parameter) return parameters;
    if (parameters.has(parameter[0])) throw scanner.fault(`parameter ${parameter[0]} is repeated`);
    if (parameters.size >= maxParameters) throw scanner.fault('too many parameters');
    parameters.set(...parameter);
  }
  return parameters;
}

/**
 * Reads a `WWW-Authenticate` header (RFC 9110, section 11.6.1), also when several were joined. Bounded and linear.
 * @throws CodecError
 */
export function parseChallenges(header: string): readonly Challenge[] {
  if (header.length > maxLength) throw new CodecError(`longer than ${maxLength} characters`);
  const scanner = new ChallengeScanner(header);
  const challenges: Challenge[] = [];
  scanner.skip(' \t,');
  while (!scanner.isAtEnd) {
    if (challenges.length >= maxChallenges) throw scanner.fault('too many challenges');
    const scheme = scanner.token().toLowerCase();
    if (!scanner.isAtEnd && !scanner.skip(' \t,')) throw scanner.fault('a space was expected');
    challenges.push({ scheme, parameters: parseParameters(scanner) });
  }
  return challenges;
}
