import { applyFields } from '@tributary/local/bigquery/rest/field-mask';

const body = {
  kind: 'k',
  jobs: [
    { id: 'a', status: { state: 'DONE', errors: [1] } },
    { id: 'b', status: { state: 'RUNNING' } },
  ],
};

test.each([
  ['kind', { kind: 'k' }],
  ['*', body],
  ['jobs/id', { jobs: [{ id: 'a' }, { id: 'b' }] }],
  [
    ' kind , jobs ( id , status / state ) ',
    { ...body, jobs: [{ id: 'a', status: { state: 'DONE' } }, body.jobs[1]] },
  ],
  ['jobs/*/state', { jobs: [{ id: 'a', status: { state: 'DONE' } }, body.jobs[1]] }],
  ['gone', {}],
])('%s', (fields, expected) => {
  expect(applyFields(body, fields)).toEqual(expected);
});

test.each(['a(', 'a)', 'a(b', '/a', 'a//b', 'a,,b', '()', 'a(b)c'])('%s is refused', (fields) => {
  expect(() => applyFields(body, fields)).toThrow(`Invalid field selection ${fields}`);
});
