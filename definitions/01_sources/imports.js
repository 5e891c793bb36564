const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'journey_sessions',
    'One row per session of an imported journey, for shops whose journeys are built elsewhere.',
  ),
);
declare(
  rawTable(
    dataform.projectConfig,
    'imports',
    'One row per imported file: what came from where, and what need not be read again.',
  ),
);
declare(
  rawTable(
    dataform.projectConfig,
    'lift_tests',
    'One row per import of a lift test: what an experiment found that a channel added; the row ingested last replaces earlier ones of the same test.',
  ),
);
