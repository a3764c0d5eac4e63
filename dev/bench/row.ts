/** A row as D1 returns it. */
export type Row = Record<string, string | number | null>;
