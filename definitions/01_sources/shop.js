const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'orders',
    'One row per state of an order; the state ingested last counts.',
  ),
);
