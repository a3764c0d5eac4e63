/** What people read of the city as it is loaded. */
export const overviewText = {
  label: '名簿と市の設定',
  summary: '登録されている市・センター・職員数を確かめます。',
  close: '戻る',
  title: (city: string) => city,
  counts: (centers: number, people: number) => `センター${centers}か所、職員${people}人`,
  center: (name: string, people: number) => `・${name}　${people}人`,
  howTo:
    '名簿は、Webページの「職員とセンター」で変更します。市の設定の全体は、1つのファイル（JSON）で入れ替えます。同じページの「市のファイル」か、kikanを動かしているコンピューターの次のコマンドを使います（くわしくは「管理者の手引き」）。',
  commands:
    'npm run city -- export　いまの内容を書き出す\nnpm run city -- check ファイル　確かめるだけ\nnpm run city -- import ファイル　読み込む',
  whole:
    '読み込むと、ファイルの内容がすべてになります。ここで変えた受付当番や期限も入れ替わるので、書き出したファイルを直して使ってください。',
} as const;
