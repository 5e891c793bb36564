const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'exchange_rates',
    'One row per currency and day: how much of the base currency one unit buys.',
  ),
);
