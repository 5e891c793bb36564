import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lintProject } from '@tributary/local/lint/lint-project';
import type { Problem } from '@tributary/local/lint/problem';
import { placeAt } from '@tributary/local/lint/problem';
import { rules } from '@tributary/local/lint/rules';
import { lintExamples } from '../support/lint-examples';
import { lintMessages } from '../support/lint-messages';

/** Another project than ours, compiled by Dataform, with all examples of all rules. */
const PROJECT: Readonly<Record<string, string>> = {
  'workflow_settings.yaml': 'defaultProject: shop\ndefaultLocation: EU\ndefaultDataset: models\n',
  'lint.yaml': `
maximum_lines: 40
description_start: One row per
last_cte: final
numbered_stages: true
tags: [prepare]
described_tables: ^rpt_bare
model_names: { 02_staging: ^stg_ }
column_types: { _at$: TIMESTAMP }
`,
  'tests/schemas/orders.yaml':
    'order_id: STRING\nuser_id: STRING\nordered_at: TIMESTAMP\namount: NUMERIC\nnote: STRING\n',
  'definitions/01_sources/shop.js': ['orders', 'unknown']
    .map((name) => `declare({ database: "shop", schema: "raw", name: "${name}" });\n`)
    .join(''),
};

let dir: string;
let problems: readonly Problem[];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tributary-lint-'));
  const files = { ...PROJECT };
  for (const { path, bad, good, goodPath } of lintExamples) {
    files[`definitions/${path}`] = bad;
    files[`definitions/${goodPath}`] = good;
  }
  for (const { path, text } of lintMessages) files[`definitions/${path}`] = text;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  ({ problems } = await lintProject(dir));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test.each(lintExamples.map((it) => [`${it.rule} in ${it.path}`, it] as const))(
  '%s is found where it is',
  (_, { rule, path, bad, at, says }) => {
    const found = problems.filter((it) => it.file === `definitions/${path}` && it.rule === rule);
    const place = placeAt(bad, at === undefined ? 0 : bad.indexOf(at));
    expect(found).toEqual([
      { rule, file: `definitions/${path}`, ...place, message: expect.stringMatching(says) },
    ]);
  },
);

test.each(lintMessages.map((it) => [it.text.split('\n').slice(5).join(' '), it] as const))(
  'all that is said of: %s',
  (_, { path, text, problems: wanted }) => {
    const found = problems.filter(({ file }) => file === `definitions/${path}`);
    expect(found).toEqual(
      wanted.map(([rule, at, says]) => ({
        ...{ rule, file: `definitions/${path}`, message: expect.stringMatching(says) },
        ...placeAt(text, text.lastIndexOf(at)),
      })),
    );
  },
);

test('what is right has no problems', () => {
  const right = new Set(lintExamples.map(({ goodPath }) => `definitions/${goodPath}`));
  expect(problems.filter(({ file }) => right.has(file))).toEqual([]);
});

test('each rule has an example', () => {
  const shown = new Set(lintExamples.map(({ rule }) => rule));
  expect(rules.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});
