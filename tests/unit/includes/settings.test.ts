import { maxFutureMinutes } from '@tributary/functions/collection/check-event';
import settings from '../../../includes/settings';

test('collector and staging agree on what lies in the future', () => {
  expect(settings.future_minutes).toBe(maxFutureMinutes);
});
