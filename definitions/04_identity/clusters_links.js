// What int_identity__clusters leaves for its next run, to know what has changed since
// (includes/identity_links.js).
declare({
  schema: dataform.projectConfig.defaultSchema,
  name: 'int_identity__clusters__links',
  description: 'One row per record and link, as int_identity__clusters last knew them.',
});
