/** What a piece of work asks of D1. */

/** Counts statements, those of a batch one by one. */
export function counting(db: D1Database): { db: D1Database; count: () => number } {
  let statements = 0;
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === 'prepare')
        return (query: string) => {
          statements += 1;
          return target.prepare(query);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { db: counted, count: () => statements };
}
