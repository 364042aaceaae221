/** What the inspector shows of a node. */
export const inspectorTabs = ['verdict', 'envelope', 'certificates', 'payload', 'raw'] as const;
export type InspectorTab = (typeof inspectorTabs)[number];
