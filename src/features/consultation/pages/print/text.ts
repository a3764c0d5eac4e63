/** What people read around a sheet on the screen; the sheet's own words stand in `timeline/text.ts`. */
export const printText = {
  how: 'ブラウザの印刷（Ctrl＋P、Macは⌘＋P、スマートフォンは共有メニュー）でA4に印刷できます。印刷や保存をした紙・ファイルは、決まりに従って管理してください。この相談票を開いたことは記録されました。',
  back: '相談に戻る',
  end: 'ここまで',
} as const;
