import { bindOnce, isCheap, raise } from '@tributary/local/bigquery/functions/sql-text';

describe('bindOnce', () => {
  it('writes short arguments out', () => {
    expect(bindOnce(['c1'], (x) => `${x} + ${x}`)).toBe('c1 + c1');
  });

  it('evaluates a long argument once', () => {
    const long = `lower(${'x'.repeat(60)})`;
    const sql = bindOnce([long, 'c1'], (x, y) => `${x} || ${x} || ${y}`);
    expect(sql.split(long)).toHaveLength(2);
    expect(sql).toContain('v0.a0 || v0.a0 || c1');
  });

  it('keeps nested calls from growing exponentially', () => {
    let sql = 'some_column';
    for (let depth = 0; depth < 12; depth += 1) {
      sql = bindOnce([sql], (x) => `CASE WHEN ${x} IS NULL THEN ${x} ELSE ${x} + 1 END`);
    }
    expect(sql.length).toBeLessThan(3_000);
  });
});

describe('isCheap', () => {
  it.each(['c12', "'text'", 'CAST(1 AS BIGINT)'])('holds %s cheap', (sql) => {
    expect(isCheap(sql)).toBe(true);
  });

  it('holds long calls expensive', () => {
    expect(isCheap(`lower(${'x'.repeat(60)})`)).toBe(false);
  });
});

describe('raise', () => {
  it('quotes its message and has the type asked for', () => {
    expect(raise("it's wrong", { kind: 'INT64' })).toBe("CAST(bq_error('it''s wrong') AS BIGINT)");
  });
});

describe('nested bindings', () => {
  it('keep an outer name apart from an inner one', () => {
    const long = (name: string): string => `lower(${name.repeat(60)})`;
    const sql = bindOnce([long('x')], (x = '') =>
      bindOnce([x, long('y')], (a, b) => `${a} || ${b} || ${x}`),
    );
    expect(sql).toContain('lambda v1: ');
    expect(sql).toContain('v1.a0 || v0.a1 || v1.a0');
  });
});
