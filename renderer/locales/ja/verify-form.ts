import type { verifyForm as en } from '../en/verify-form.ts';

export const verifyForm: Record<keyof typeof en, string> = {
  open: 'オプション付きで検証…',
  title: '{name} をオプション付きで検証',
  metadata: '必須のメタデータ',
  metadataHint: 'すべての組が署名に含まれていなければ、検証レベルにかかわらず拒否します。',
  maxSignatures: '署名の最大数',
  maxSignaturesHint: '調べる署名の数です。空欄なら設定の {count, number} 件までです。',
  maxSignaturesWrong: '1 から 10,000 までの整数を入力してください。',
  scope: 'スコープ（scope）',
  scopeHint: 'ポリシーのスコープと照合するパスです。{scope, select, none {} other {空欄なら {scope} です。}}',
  pluginConfig: 'プラグインの設定',
  pluginConfigHint: '署名が指定するプラグインに渡します。起動するのは、有効にしたプラグインだけです。',
  half: '組には名前と値の両方が必要です。',
  verb: '検証',
  applied: 'この判定のオプション',
  appliedMax: '署名 {count, number} 件まで',
  appliedScope: 'スコープ {scope}',
  appliedPlugin: 'プラグインへの設定：{names}',
  change: '変更…',
  drop: '指定なしで検証',
};
