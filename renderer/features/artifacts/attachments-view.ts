/** How what is attached is shown; the same rows, selection and inspector in each. */
export const attachmentsViews = ['tree', 'graph', 'table'] as const;
export type AttachmentsView = (typeof attachmentsViews)[number];
