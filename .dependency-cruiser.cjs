/**
 * The import rules of the house (README, "Layout"): index, schedule → features → vault → slack, web, mail → lib.
 * Inside a feature: slack, routes, jobs → mutations, data → rules, tables.
 */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'lib-knows-nobody',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: { path: '^src/(?!lib/)' },
    },
    {
      name: 'slack-and-web-know-lib-only',
      severity: 'error',
      from: { path: '^src/(slack|web)/' },
      to: { path: '^src/(features|vault|index|schedule|settings-sections)' },
    },
    {
      name: 'mail-knows-lib-only',
      severity: 'error',
      from: { path: '^src/mail/' },
      to: { path: '^src/(?!mail/|lib/)' },
    },
    {
      name: 'mail-is-for-features',
      comment: 'What is mailed is decided and worded by features.',
      severity: 'error',
      from: { path: '^src/(slack|web|vault)/' },
      to: { path: '^src/mail/' },
    },
    {
      name: 'vault-knows-no-feature',
      severity: 'error',
      from: { path: '^src/vault/' },
      to: { path: '^src/(features|index|schedule|settings-sections)' },
    },
    {
      name: 'features-do-not-mount-themselves',
      severity: 'error',
      from: { path: '^src/features/' },
      to: { path: '^src/(index|schedule|settings-sections)' },
    },
    {
      name: 'other-features-through-data-and-rules',
      comment:
        'A feature may use all of directory, of others only what they read and decide, and their controlled words.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: {
        path: '^src/features/',
        pathNot: ['^src/features/$1/', '^src/features/directory/', '/(data|rules|words)\\.ts$'],
      },
    },
    {
      name: 'changes-know-no-surface',
      severity: 'error',
      from: { path: '^src/features/.*/(mutations|data|rules|schema|tables|blocks|text)\\.tsx?$' },
      to: { path: '^src/features/.*/(slack|routes|jobs)\\.tsx?$' },
    },
    {
      name: 'rules-and-tables-are-at-the-bottom',
      severity: 'error',
      from: { path: '^src/features/.*/(rules|tables|schema|text|words)\\.tsx?$' },
      to: { path: '^src/features/.*/(mutations|data|blocks)\\.tsx?$' },
    },
    {
      name: 'blocks-only-show',
      severity: 'error',
      from: { path: '^src/features/.*/blocks\\.tsx?$' },
      to: { path: '^src/features/.*/mutations\\.tsx?$' },
    },
    {
      name: 'queries-have-their-place',
      comment:
        'Queries belong to tables, data, mutations, jobs and to the modules that own a table of slack/, mail/ or vault/.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '/(tables|data|mutations|jobs|actor)\\.ts$',
          '^src/lib/db\\.ts$',
          '^src/slack/(outbox|courier-queue|workspace)\\.ts$',
          '^src/mail/(outbox|queue)\\.ts$',
          '^src/web/(sessions|api-tokens|sign-in/attempts)\\.ts$',
          '^src/vault/',
        ],
      },
      to: { path: 'node_modules/drizzle-orm' },
    },
    {
      name: 'production-needs-no-trial',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(dev|test)/' },
    },
    {
      name: 'the-local-slack-stands-alone',
      severity: 'error',
      from: { path: '^dev/slack/' },
      to: { path: '^(src|test)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
