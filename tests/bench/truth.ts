/**
 * `npm run bench:truth`: how far each model's channel shares are from the truth of simulated worlds,
 * without and with lift tests. `npm run bench:truth -- PERSONS REPLICATES CELL...` takes other sizes,
 * and only the cells that are named. A name that ends in .ts or .js is a module with families of yours
 * (`export const families: Family[]`, see truth/world.ts), which then take the place of ours.
 */
import { resolve } from 'node:path';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { chooseByLiftTests } from '@tributary/functions/attribution/lift/choose';
import { type LiftTest, modelEffects } from '@tributary/functions/attribution/lift/lift-test';
import { channelTotals } from '@tributary/functions/attribution/models/touch-credits';
import { benchCells, type Cell, familyCells, LEGEND, OUR_FAMILIES } from './truth/cells';
import { drawLiftTests } from './truth/lift-tests';
import { type Answer, answersOf, OPEN_MODELS } from './truth/models';
import { simulate } from './truth/simulate';
import { shareError, Table } from './truth/table';
import { CHANNELS, type Family, type World } from './truth/world';

const LIFT_TESTS = 5;
/** Lift tests see so many times the persons that the models see. */
const MARKET_FACTOR = 5;

async function main(): Promise<void> {
  const persons = Number(process.argv[2] ?? 10_000);
  const replicates = Number(process.argv[3] ?? 3);
  const cells = await wantedCells(persons, process.argv.slice(4));
  const names = cells.map(({ name }) => name);
  const plain = new Table('error of channel shares, no lift test', names);
  const lifted = new Table(`error of channel shares, ${LIFT_TESTS} lift tests`, names);
  const started = Date.now();
  cells.forEach(({ name, family, settings }) => {
    for (let replicate = 1; replicate <= replicates; replicate += 1) {
      const seed = 1000 * replicate + 7;
      const world = simulate(family, settings, seed);
      const answers = answersOf(world.journeys);
      for (const { model, totals } of answers) {
        plain.add(model, name, shareError(totals, world.caused));
      }
      plain.add(
        'markov 1, rows',
        name,
        shareError(rowsOf('markov 1', answers, world), world.caused),
      );
      const heldOut = bestHeldOut(answers);
      plain.add('best on held-out', name, shareError(heldOut.totals, world.caused));
      const market = { ...settings, persons: MARKET_FACTOR * persons };
      const tests = drawLiftTests(
        simulate(family, market, seed),
        LIFT_TESTS,
        seededRandom(replicate),
      );
      compareWithTests(world, answers, tests, name, lifted);
    }
  });
  for (const table of [plain, lifted]) {
    console.log(table.text(OPEN_MODELS));
  }
  if (cells.some((cell) => OUR_FAMILIES.has(cell.family))) {
    console.log(LEGEND.join('\n'));
  }
  console.log(
    `${persons} persons, ${CHANNELS.length} channels, ${replicates} worlds a cell, ${Math.round((Date.now() - started) / 1000)} s`,
  );
}

async function wantedCells(persons: number, wanted: readonly string[]): Promise<Cell[]> {
  const modules = wanted.filter((name) => /\.[jt]s$/.test(name));
  const cells: Cell[] = modules.length === 0 ? benchCells(persons) : [];
  for (const path of modules) {
    const { families } = (await import(resolve(path))) as { families: readonly Family[] };
    cells.push(...familyCells(families, persons));
  }
  const names = wanted.filter((name) => !modules.includes(name));
  return cells.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** What a model's rows add up to by channel, as they stand in the warehouse. */
function rowsOf(model: string, answers: readonly Answer[], world: World): Float64Array {
  const answer = answers.find((one) => one.model === model) as Answer;
  return channelTotals(world.journeys, answer.credits);
}

function bestHeldOut(answers: readonly Answer[]): Answer {
  return answers.reduce((best, answer) =>
    (answer.heldOutLogLoss ?? Number.MAX_VALUE) < (best.heldOutLogLoss ?? Number.MAX_VALUE)
      ? answer
      : best,
  );
}

function compareWithTests(
  world: World,
  answers: readonly Answer[],
  tests: readonly LiftTest[],
  cell: string,
  table: Table,
): void {
  const effects = answers.map(({ model, credits, heldOutLogLoss }) =>
    modelEffects(model, world.journeys, credits, tests, world.persons, heldOutLogLoss),
  );
  const choice = chooseByLiftTests(effects, tests);
  for (const model of OPEN_MODELS) {
    const answer = answers.find((one) => one.model === model) as Answer;
    table.add(model, cell, shareError(answer.totals, world.caused));
  }
  const chosen = effects.find(({ model }) => model === choice.model);
  table.add('chosen', cell, shareError(chosen?.conversions ?? [], world.caused));
  const drawn = choice.effects.map(({ conversions }) => conversions);
  table.add('chosen, drawn to tests', cell, shareError(drawn, world.caused));
  table.note(cell, choice.model);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
