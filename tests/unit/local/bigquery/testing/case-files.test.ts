import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listModelCases, readModelCase } from '@tributary/local/bigquery/testing/case-files';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tributary-cases-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Writes files of a case `orders/one` and reads it. */
function readCase(files: Readonly<Record<string, string>>) {
  const dir = join(root, 'orders/one');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return readModelCase({ model: 'orders', name: 'one', dir });
}

const rows = '- { id: 1 }';

test('cases are folders of folders', () => {
  readCase({ 'expected.yaml': rows });
  writeFileSync(join(root, 'models.test.ts'), '');
  expect(listModelCases(root)).toEqual([
    { model: 'orders', name: 'one', dir: join(root, 'orders/one') },
  ]);
  expect(listModelCases(join(root, 'absent'))).toEqual([]);
});

test('a case is its inputs, the state before, and runs with what changes before each', () => {
  const read = readCase({
    'before/orders.csv': 'id,name\n1,\n',
    'given/raw.yaml': rows,
    'expected.ndjson': '{"id": 1}\n\n{"id": 2}\n',
    'added_2/raw.yaml': rows,
    'expected_2.yaml': rows,
    'replaced_3/raw.yaml': '[]',
    'removed_3/other.yaml': rows,
    'expected_3.yaml': '[]',
    'case.yaml': 'full_refresh: [3]\nignore: [loaded_at]',
  });
  expect(read.before).toEqual([{ id: '1', name: null }]);
  expect(read.options).toMatchObject({ ignore: ['loaded_at'], tolerance: 1e-9, vars: {} });
  const none = new Map();
  expect(read.runs).toEqual([
    {
      number: 1,
      added: new Map([['raw', [{ id: 1 }]]]),
      replaced: none,
      removed: none,
      isFullRefresh: false,
      expected: [{ id: 1 }, { id: 2 }],
    },
    {
      number: 2,
      added: new Map([['raw', [{ id: 1 }]]]),
      replaced: none,
      removed: none,
      isFullRefresh: false,
      expected: [{ id: 1 }],
    },
    {
      number: 3,
      added: none,
      replaced: new Map([['raw', []]]),
      removed: new Map([['other', [{ id: 1 }]]]),
      isFullRefresh: true,
      expected: [],
    },
  ]);
});

test('the run that must fail has no expected rows', () => {
  const options = { 'case.yaml': 'expected_error: no rate' };
  expect(readCase(options).runs).toMatchObject([{ number: 1, expected: undefined }]);
  expect(() => readCase({ ...options, 'expected.yaml': rows })).toThrow('this run fails');
});

test('whole numbers beyond 2^53 keep their digits', () => {
  const read = readCase({ 'expected.yaml': '- { id: 9223372036854775807, share: 0.5 }' });
  expect(read.runs[0]?.expected).toEqual([{ id: '9223372036854775807', share: 0.5 }]);
});

test.each([
  ['no expected rows', { 'given/raw.yaml': rows }, /has no expected\.yaml/],
  ['a gap', { 'expected.yaml': rows, 'expected_3.yaml': rows }, /has no expected_2\.yaml/],
  ['a typo', { 'expected.yaml': rows, 'add_2/raw.yaml': rows }, /add_2 has no meaning/],
  ['a run 1 twice', { 'expected.yaml': rows, 'added_1/raw.yaml': rows }, /added_1 has no meaning/],
  ['no rows', { 'expected.yaml': 'id: 1' }, /must be a list of rows/],
  ['no YAML', { 'expected.yaml': '- {' }, /expected\.yaml cannot be read/],
  ['another ending', { 'expected.yaml': rows, 'given/raw.txt': rows }, /its ending is none of/],
  ['a table twice', { 'expected.yaml': rows, 'given/a.csv': 'id', 'given/a.yaml': rows }, /second/],
  ['a stranger', { 'expected.yaml': rows, 'before/raw.yaml': rows }, /not the model's own table/],
  [
    'an option',
    { 'expected.yaml': rows, 'case.yaml': 'fullrefresh: [2]' },
    /case\.yaml: .*fullref/,
  ],
  ['no reason', { 'expected.yaml': rows, 'case.yaml': 'repeat_differs: ""' }, /say why/],
])('%s is refused in one sentence', (_, files, message) => {
  expect(() => readCase(files as Readonly<Record<string, string>>)).toThrow(message);
});
