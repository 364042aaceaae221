import type { sign as en } from '../en/sign.ts';

export const sign: Record<keyof typeof en, string> = {};
