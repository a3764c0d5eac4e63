/** The product with a counter on its database: `GET /counted` tells how many calls and statements requests and the courier made so far. */
import product, { Courier as ProductCourier } from '../../src/index.ts';
import type { Bindings } from '../../src/slack/courier.ts';

interface Count {
  /** Round trips to D1; a batch is one. */
  calls: number;
  statements: number;
}

export interface Counted {
  requests: Count;
  courier: Count;
}

// Of the isolate: the Durable Object lives in the same one as the requests.
const counted: Counted = { requests: { calls: 0, statements: 0 }, courier: { calls: 0, statements: 0 } };
const inner = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

let ofRequests: D1Database | undefined;

export class Courier extends ProductCourier {
  constructor(state: DurableObjectState, env: Bindings) {
    super(state, { ...env, DB: counting(env.DB, counted.courier) });
  }
}

export default {
  fetch(request, env, context) {
    if (new URL(request.url).pathname === '/counted') return Response.json(counted);
    // The same for all requests: drizzle remembers a database by its binding.
    ofRequests ??= counting(env.DB, counted.requests);
    return product.fetch(request, { ...env, DB: ofRequests }, context);
  },
  scheduled: product.scheduled,
} satisfies ExportedHandler<Bindings>;

function counting(db: D1Database, count: Count): D1Database {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => countingStatement(target.prepare(query), count);
      if (name === 'batch')
        return (statements: D1PreparedStatement[]) => {
          count.calls += 1;
          count.statements += statements.length;
          return target.batch(statements.map((statement) => inner.get(statement) ?? statement));
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const RUNS: readonly (string | symbol)[] = ['all', 'raw', 'run', 'first'];

function countingStatement(statement: D1PreparedStatement, count: Count): D1PreparedStatement {
  const watched = new Proxy(statement, {
    get(target, name) {
      if (name === 'bind') return (...values: unknown[]) => countingStatement(target.bind(...values), count);
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (RUNS.includes(name)) {
        count.calls += 1;
        count.statements += 1;
      }
      return value.bind(target);
    },
  });
  inner.set(watched, statement);
  return watched;
}
