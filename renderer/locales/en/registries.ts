export const registries = {};
