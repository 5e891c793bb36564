import { createRouter } from '@tributary/local/bigquery/rest/router';

const answer = (name: string) => async () => ({ status: 200, body: name });
const router = createRouter({
  'GET /projects/:project/datasets/:dataset': answer('dataset'),
  'POST /projects/:project/datasets': answer('insert'),
});

test('routes with and without the version in front', () => {
  for (const prefix of ['', '/bigquery/v2']) {
    expect(router('GET', `${prefix}/projects/p/datasets/a%20b`)?.params).toEqual({
      project: 'p',
      dataset: 'a b',
    });
  }
});

test('other methods, longer and shorter paths have no route', () => {
  expect(router('DELETE', '/projects/p/datasets/d')).toBeUndefined();
  expect(router('GET', '/projects/p/datasets/d/tables')).toBeUndefined();
  expect(router('GET', '/projects/p')).toBeUndefined();
});
