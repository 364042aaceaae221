import type { pluginPackageCodes } from '../../../shared/errors/plugin-package-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const pluginPackageErrors: Record<keyof typeof pluginPackageCodes, ErrorMessages> = {
  'pluginPackage.notHttps': {
    title: 'プラグインは https でのみダウンロードできます。',
    cause: '「{url}」が https のアドレスではないか、ユーザー名を含むか、サーバーがそこへ転送しました。',
    next: '配布元が公開している https のアドレスを使うか、ファイルを自分でダウンロードしてからインストールしてください。',
  },
  'pluginPackage.noChecksum': {
    title: 'チェックサムがありません。',
    cause:
      'プラグインは鍵を扱うプログラムです。アドレスから取得する場合は、配布元が公開している SHA-256 チェックサムが必要です。',
    next: 'チェックサムは、ファイルと同じサーバーではなく配布元のリリースページからコピーしてください。',
  },
  'pluginPackage.badChecksum': {
    title: 'チェックサムが一致しません。',
    cause:
      '期待した値は {expected}、受け取ったファイルは {received} です。途中で変更されたか、別のバージョンか、別のファイルのチェックサムです。',
    next: 'このファイルは使わず、バージョン、対応 OS、チェックサムを配布元のリリースページと比べてください。',
  },
  'pluginPackage.notDownloaded': {
    title: '{host} からプラグインをダウンロードできませんでした。',
    cause: '{fault}',
    next: 'アドレスと接続を確認して、もう一度試してください。',
  },
  'pluginPackage.noProgram': {
    title: '「{file}」にプラグインがありません。',
    cause:
      'プラグインは notation-<名前> というプログラムで、単体のファイルか、.zip・.tar.gz の最上位に入っているものです。',
    next: '配布元のリリースページから、使用中の OS 向けのファイルを選んでください。',
  },
  'pluginPackage.severalPrograms': {
    title: 'パッケージにプラグインが複数あります。',
    cause: 'どれを指すのか判断できません：{programs}',
    next: '自分で展開し、使いたいものだけをインストールしてください。',
  },
  'pluginPackage.sameVersion': {
    title: '「{plugin}」のバージョン {version} はインストール済みです。',
    cause: 'パッケージの中身は同じバージョンです。',
    next: '何もする必要はありません。修復したいときだけ入れ直してください。',
  },
  'pluginPackage.olderVersion': {
    title: '「{plugin}」のより新しいバージョンがインストールされています。',
    cause:
      'インストール済みは {installed}、パッケージは {version} です。古いバージョンに戻すと、修正済みの不具合が戻ることがあります。',
    next: '戻す理由がなければ、新しい方を使い続けてください。',
  },
  'pluginPackage.gone': {
    title: 'パッケージはもうありません。',
    cause: 'その間にインストールされたか、片付けられました。',
    next: 'もう一度選んでください。',
  },
};
