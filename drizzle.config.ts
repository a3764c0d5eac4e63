import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: [
    './src/vault/tables.ts',
    './src/mail/tables.ts',
    './src/slack/tables.ts',
    './src/web/tables.ts',
    './src/features/**/tables.ts',
  ],
  // The test that nothing is left to generate works on a copy.
  out: process.env.KIKAN_MIGRATIONS ?? './migrations',
  casing: 'snake_case',
});
