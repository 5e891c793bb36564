import { createLog, executionLabels } from '@tributary/functions/shared/log';

describe('createLog', () => {
  it("writes Cloud Logging's fields and hides secrets", () => {
    const lines: string[] = [];
    const log = createLog({ destination: { write: (line) => void lines.push(line) } });
    log
      .child(executionLabels('x1'))
      .warn({ headers: { 'x-api-key': 'key' }, event: { email: 'a@b.c' } }, 'Careful.');
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      severity: 'WARNING',
      time: expect.any(String),
      'logging.googleapis.com/labels': { execution_id: 'x1' },
      headers: { 'x-api-key': '[redacted]' },
      event: { email: '[redacted]' },
      message: 'Careful.',
    });
  });
});
