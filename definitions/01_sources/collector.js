const { rawTable } = require('includes/sources');

declare(rawTable(dataform.projectConfig, 'events', 'One row per received event; append only.'));
declare(
  rawTable(
    dataform.projectConfig,
    'bad_events',
    'One row per refused event or log line, kept aside with its reason.',
  ),
);
