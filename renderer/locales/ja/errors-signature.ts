import type { signatureCodes } from '../../../shared/errors/signature-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const signatureErrors: Record<keyof typeof signatureCodes, ErrorMessages> = {
  'envelope.malformed': {
    title: '署名エンベロープを読めません。',
    cause: '{fault}',
    next: '壊れているか、正しくないツールで作られています。署名し直してください。',
  },
  'envelope.unsupportedFormat': {
    title: '未知の形式のエンベロープです。',
    cause: 'メディアタイプは {mediaType} です。Notation が使うのは application/jose+json と application/cose です。',
    next: '作成に使ったツールで確認してください。',
  },
  'envelope.tooLarge': {
    title: 'エンベロープが大きすぎて読めません。',
    cause: '{size, number} バイトあります。読むのは {limit, number} バイトまでです。',
    next: 'Notation の署名は数キロバイトです。これは信頼しないでください。',
  },
  'envelope.badSignatureManifest': {
    title: '正しい署名マニフェストではありません。',
    cause: '{fault}',
    next: '壊れているか、正しくないツールで作られています。署名し直してください。',
  },
  'certificate.malformed': {
    title: '証明書として読めません。',
    cause: '{fault}',
    next: 'X.509 証明書を PEM（BEGIN CERTIFICATE）か DER で指定してください。',
  },
  'certificate.ruleBroken': {
    title: '証明書が仕様の規則に反しています。',
    cause: '{subject}：{message}',
    next: '署名用の規則を満たす証明書を使ってください。規則ごとの結果は「鍵と証明書」で確認できます。',
  },
  'sign.keyNotFound': {
    title: '「{name}」という鍵はありません。',
    cause: 'この画面か notation key delete で一覧から外されました。',
    next: '別の鍵を選んでください。',
  },
  'sign.noDefaultKey': {
    title: '既定の鍵がありません。',
    cause: '鍵が指定されておらず、一覧にも既定の鍵がありません。',
    next: '鍵を選ぶか、「鍵と証明書」で作成してください。',
  },
  'sign.keyUnusable': {
    title: '鍵「{name}」では署名できません。',
    cause: '{fault}',
    next: '別の鍵を選ぶか、「鍵と証明書」で直してください。',
  },
  'sign.reservedMetadata': {
    title: '「{key}」はメタデータに使えません。',
    cause: 'io.cncf.notary で始まる名前は仕様で予約されています。',
    next: '別の名前にしてください。',
  },
  'sign.badMetadata': {
    title: 'メタデータ「{key}」は署名できません。',
    cause: '{fault}',
    next: '直してから署名してください。',
  },
  'sign.badExpiry': {
    title: 'この有効期限は署名できません。',
    cause: '{fault}',
    next: '現在からの秒数を整数で指定してください。',
  },
  'sign.unsupportedFormat': {
    title: 'Notation の config.json に、存在しない署名形式が書かれています。',
    cause: 'signatureFormat の値が {format} です。使えるのは jws と cose です。',
    next: 'この署名の形式を選ぶか、「設定」で既定の形式を指定してください。',
  },
  'sign.selfCheckFailed': {
    title: '新しい署名の検証に失敗したため、プッシュしていません。',
    cause: 'Inkan は送り出す前に必ずエンベロープを検査します：{fault}',
    next: '鍵と証明書の組み合わせが違う可能性があります。「鍵と証明書」で確認してください。',
  },
  'sign.notPushed': {
    title: '署名は作成しましたが、プッシュできませんでした。',
    cause: '{fault}',
    next: 'このリポジトリへのプッシュ権限を確認し、署名し直してください。レジストリには何も残っていません。',
  },
  'verify.badMaxSignatures': {
    title: 'この数の署名は確認できません。',
    cause: '{value, number} は 1 から 10,000 の範囲にありません。',
    next: '設定で数を変更してください。',
  },
};
