import type { artifacts as en } from '../en/artifacts.ts';

export const artifacts: Record<keyof typeof en, string> = {};
