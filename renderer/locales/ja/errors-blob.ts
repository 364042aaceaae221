import type { blobCodes } from '../../../shared/errors/blob-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const blobErrors: Record<keyof typeof blobCodes, ErrorMessages> = {
  'blob.badSignatureName': {
    title: '「{name}」は署名ファイルの名前ではありません。',
    cause: '署名の形式はファイル名で決まり、notation もほかの名前を受け付けません：{fault}',
    next: '.jws.sig か .cose.sig で終わるファイルを選んでください。',
  },
  'blob.badMediaType': {
    title: '「{mediaType}」はメディアタイプではありません。',
    cause: '{fault}',
    next: 'application/gzip のように type/subtype の形で書くか、初期値のままにしてください。',
  },
  'blob.emptySignature': {
    title: '「{name}」は空です。',
    cause: '署名ファイルには署名全体が入っているはずですが、中身がありません。',
    next: 'ファイルを選び直すか、署名し直してください。',
  },
};
