/** The table of build/layers.mjs, for the tests that read it. */
export declare const layers: readonly { readonly name: string; readonly path: string }[];
