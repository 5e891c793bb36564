import {
  type IhcParameters,
  parseParameters,
} from '@tributary/functions/attribution/ihc/parameters';
import {
  fromStoredRow,
  type StoredParameters,
  toStoredRow,
} from '@tributary/functions/attribution/stored-parameters';
import { simpleParameters } from './support';

describe('stored parameters', () => {
  it('come back as they went', () => {
    const parameters: IhcParameters = {
      ...simpleParameters,
      model_version: 'ihc-0123456789ab',
      conversion_type: 'first_order',
      trained_at: '2026-11-21T12:00:00.000Z',
      channel_weights: { Direct: { initializer: 0.6, holder: 1, closer: 1.3 } },
    };
    const row = JSON.parse(JSON.stringify(toStoredRow(parameters))) as StoredParameters;
    expect(parseParameters(fromStoredRow(row), 'row')).toEqual(parameters);
  });
});
