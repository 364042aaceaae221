import type { registries as en } from '../en/registries.ts';

export const registries: Record<keyof typeof en, string> = {};
