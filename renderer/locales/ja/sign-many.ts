import type { signMany as en } from '../en/sign-many.ts';

export const signMany: Record<keyof typeof en, string> = {
  title: '{count} 件のダイジェストに署名',
  digests: '署名するのはこのダイジェストだけで、インデックスには署名しません',
  verb: 'この {count} 件に署名する',
  again: '残り {count} 件をもう一度試す',
  signed: '署名して登録しました。',
  done: '{count} 件すべてに署名しました。',
};
