import { isAppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';

/** The code that an action ends with; what is no AppError is thrown on. */
export async function codeOf(action: Promise<unknown>): Promise<ErrorCode | 'nothing'> {
  try {
    await action;
    return 'nothing';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}
