/** The bindings of the tests: the Worker's, and the migrations to apply. */
declare namespace Cloudflare {
  interface Env {
    DB: D1Database;
    COURIER: DurableObjectNamespace<import('../../src/slack/courier.ts').Courier>;
    FILES: R2Bucket;
    FAQ_INDEX: D1Database;
    /** How many random steps to take; empty in the suite. */
    WALK_STEPS: string;
    MIGRATIONS: import('cloudflare:test').D1Migration[];
  }
  interface GlobalProps {
    mainModule: typeof import('../../src/index.ts');
  }
}
