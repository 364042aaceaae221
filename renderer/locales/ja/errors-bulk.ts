import type { bulkCodes } from '../../../shared/errors/bulk-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const bulkErrors: Record<keyof typeof bulkCodes, ErrorMessages> = {
  'bulk.queueNotFound': {
    title: 'このキューはありません。',
    cause: '別のウィンドウなどで削除されたようです。',
    next: '別のキューを選ぶか、タグの一覧から作り直してください。',
  },
  'bulk.wrongState': {
    title: 'キューは今この操作を受け付けません。',
    cause: '別のウィンドウなどで、先に進んだようです。',
    next: 'キューの今の状態を確かめてから、もう一度試してください。',
  },
  'bulk.optionsNeeded': {
    title: '署名の方法をもう一度指定する必要があります。',
    cause: 'プラグインに渡す値は秘密かもしれないため、ファイルには残しません。Inkan の終了とともに失われました。',
    next: '鍵とその設定を選び直してから、再開してください。',
  },
  'bulk.tagMoved': {
    title: 'タグ {tag} が動いたため、署名しませんでした。',
    cause: '計画したときは {planned} を指していましたが、今は {found} を指しています。',
    next: '今の指す先を確かめてください。再試行すると、新しいダイジェストで計画し直し、もう一度確認を求めます。',
  },
  'bulk.interrupted': {
    title: '署名の途中で Inkan が終了しました。',
    cause: '署名がレジストリに届いたかどうかは分かりません。',
    next: 'アーティファクトを開いて、署名があるか確かめてください。再試行すると、署名がもう一つ増えます。',
  },
};
