import type { rpcCodes } from '../../../shared/errors/rpc-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const rpcErrors: Record<keyof typeof rpcCodes, ErrorMessages> = {
  'rpc.badFrame': {
    title: 'Inkan の画面とホストの間で話が通じませんでした。',
    cause: 'ホストが、取り決めにないメッセージを受け取りました。',
    next: 'ウィンドウを再読み込みしてください。繰り返す場合は、操作の手順を添えて報告してください。',
  },
  'rpc.unknownMethod': {
    title: 'ホストは「{method}」を知りません。',
    cause: '画面とホストの版が異なっています。',
    next: 'Inkan を再起動してください。',
  },
  'rpc.notOnThisHost': {
    title: 'ブラウザのページからは実行できません。',
    cause: '「{method}」には、デスクトップ版だけが持つ機能（{needs}）が必要です。',
    next: 'デスクトップ版か notation コマンドを使ってください。',
  },
  'rpc.badInput': {
    title: '受け付けられない入力があります。',
    cause: '{faults}',
    next: '該当箇所を直して、もう一度試してください。何も変更されていません。',
  },
  'rpc.badOutput': {
    title: 'ホストが自分の回答を差し止めました。',
    cause: '「{method}」の回答が取り決めの形ではなかったため、表示していません。',
    next: 'Inkan の不具合です。操作の手順を添えて報告してください。',
  },
  'rpc.refusedSender': {
    title: 'ホストがこのページを拒否しました。',
    cause: 'ホストと通信できるのは Inkan 自身のウィンドウだけです。',
    next: 'このページを閉じ、Inkan のウィンドウを使ってください。',
  },
  'rpc.unauthorized': {
    title: 'このページの鍵をホストが受け付けません。',
    cause: '鍵は起動のたびに新しくなり、起動時に表示されるアドレスに含まれています。',
    next: '動作中の Inkan が表示したアドレスを開いてください。',
  },
  'rpc.disconnected': {
    title: 'ホストが応答しません。',
    cause: 'Inkan が停止したか、接続が切れました。',
    next: '自動で再接続します。途中の処理は終わっている可能性があるので、やり直す前に確認してください。',
  },
  'rpc.cancelled': {
    title: 'キャンセルしました。',
    cause: '終わる前に中止されました。',
    next: '必要なときに、もう一度始めてください。',
  },
  'rpc.internal': {
    title: 'Inkan の内部で失敗しました。',
    cause: '操作ではなく、Inkan の不具合です。',
    next: 'もう一度試してください。繰り返す場合は、この番号を添えて報告してください：{traceId}',
  },
  'rpc.jobNotFound': {
    title: 'このジョブの記録はもうありません。',
    cause: 'ジョブは Inkan の動作中だけ保持されます。',
    next: 'もう一度始めてください。',
  },
};
