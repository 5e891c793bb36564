import { UserError } from '@tributary/functions/shared/errors';
import { type Command, Option } from 'commander';
import type { OpenWarehouse } from '../warehouse';

interface ReportOptions {
  readonly by: 'channel' | 'day';
  readonly type?: string;
  readonly clicks?: boolean;
  readonly confidence?: boolean;
  readonly matching?: boolean;
  readonly conversions?: boolean;
  readonly conversion?: string;
  readonly model?: string;
  readonly phases?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

export function registerReport(program: Command): void {
  program
    .command('report')
    .description('the channel report, by model; or the journey that led to one conversion')
    .addOption(
      new Option('--by <grain>', 'a row per channel, or per day and channel')
        .choices(['channel', 'day'])
        .default('channel'),
    )
    .option('--type <conversion type>', 'only conversions of this type')
    .option('--clicks', 'observed clicks beside those that platforms report, and cost, by campaign')
    .option('--confidence', "how sure each channel's share is: chance, models, lift tests")
    .option('--matching', 'how visitors became persons: rates, probabilities, what evidence weighs')
    .option('--conversions', 'the latest conversions, with their ids')
    .option('--conversion <id>', 'draw the journey of this conversion, as SVG and as text')
    .option(
      '--model <model>',
      'of a journey: whose credit (default: ihc); of confidence: whose shares',
    )
    .option('--phases', 'of a journey: initializer, holder and closer apart')
    .option('--out <file>', 'of a journey (default: journey-<id>.svg), of matching: the SVG')
    .option('--json', 'print data as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary report
  $ npx tributary report --type first_order
  $ npx tributary report --by day --json
  $ npx tributary report --clicks
  $ npx tributary report --confidence
  $ npx tributary report --matching --out matching.svg
  $ npx tributary report --conversions
  $ npx tributary report --conversion order-1001 --phases --out journey.svg`,
    )
    .action(async (options: ReportOptions, command: Command) => {
      const { withWarehouse } = await import('../warehouse.js');
      checkTogether(options, command);
      const { onTablesOfToday } = await import('../older-tables.js');
      await withWarehouse(command, (open) => onTablesOfToday(() => report(open, options)));
    });
}

async function report({ warehouse, project }: OpenWarehouse, options: ReportOptions) {
  const { readShopSettings } = await import('../shop-settings.js');
  const settings = readShopSettings(project);
  const { conversion, type } = options;
  if (type !== undefined && !settings.conversionTypes.includes(type)) {
    throw new UserError(
      `There is no conversion type ${type}; includes/settings.js has ${settings.conversionTypes.join(', ')}.`,
    );
  }
  if (conversion !== undefined) {
    const { drawJourney } = await import('../report/draw-journey.js');
    print(await drawJourney(warehouse, settings, { ...options, conversion }));
  } else if (options.clicks) {
    const { clicksReport } = await import('../report/clicks-report.js');
    print(await clicksReport(warehouse, settings, options));
  } else if (options.confidence) {
    const { confidenceReport } = await import('../report/confidence-report.js');
    print(await confidenceReport(warehouse, project, options));
  } else if (options.matching) {
    const { matchingReport } = await import('../report/matching-report.js');
    print(await matchingReport(warehouse, project, options));
  } else if (options.conversions) {
    const { conversionList } = await import('../report/conversion-list.js');
    print(await conversionList(warehouse, settings, options));
  } else {
    const { channelReport } = await import('../report/channel-report.js');
    print(await channelReport(warehouse, settings, options));
  }
}

const OF_JOURNEY = ['model', 'phases', 'out'] as const;

/** What only a journey has would otherwise be passed over in silence. */
function checkTogether(options: ReportOptions, command: Command): void {
  const only = options.confidence
    ? (['phases', 'out'] as const)
    : options.matching
      ? (['phases', 'model'] as const)
      : OF_JOURNEY;
  const ofJourney = only.find((name) => options[name]);
  if (options.conversion === undefined && ofJourney !== undefined) {
    command.error(`error: --${ofJourney} needs --conversion ID: it is about one journey.`);
  }
  if (options.out !== undefined && !/\.svg$/i.test(options.out)) {
    command.error(`error: --out ${options.out}: the picture is SVG; end its name with .svg.`);
  }
  if (options.phases && options.model !== undefined && options.model !== 'ihc') {
    command.error('error: --phases are those of IHC: leave out --model.');
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
