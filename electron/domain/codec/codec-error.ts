/** Says why text or bytes are not in the form they claim. Whoever decodes something larger maps it to an AppError of its area. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
  /** Where in the input the fault is, in UTF-16 units of the text; undefined when the whole is meant. */
  readonly offset: number | undefined;

  constructor(fault: string, offset?: number) {
    super(fault);
    this.offset = offset;
  }
}
