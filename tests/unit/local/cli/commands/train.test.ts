import { registerTrain } from '@tributary/local/cli/commands/train';
import { Command } from 'commander';

/** What the command refuses with; it is called as on the command line. */
async function refusal(...args: string[]): Promise<string> {
  const program = new Command();
  registerTrain(program);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeErr: () => {} });
  }
  const answer = program.parseAsync(['train', ...args], { from: 'user' });
  return answer.then(
    () => 'nothing',
    (error: Error) => error.message,
  );
}

// Without a file the warehouse is trained: these options said otherwise, and were left out in silence.
test.each([
  [['--from-scored'], '--from-scored is for a file: give --journeys, too.'],
  [['--out', 'parameters.json'], '--out is for a file: give --journeys, too.'],
  [['--journeys', 'j.csv', '--matching'], '--matching reads the warehouse: leave out --journeys.'],
])('refuses %p', async (args, sentence) => {
  expect(await refusal(...args)).toBe(`error: ${sentence}`);
});
