import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleTable } from '@tributary/local/lint/rule-table';
import { rules } from '@tributary/local/lint/rules';

test('the README lists the rules as they are', () => {
  const readme = readFileSync(join(process.cwd(), 'local/lint/README.md'), 'utf8');
  expect(readme).toContain(`${ruleTable(rules)}\n`);
});

test('names of rules are unique', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});
