// What session_events leaves for int_sessions__sessions to build again (includes/session_changes.js).
// Both make these tables where they are missing; they are empty when a run has ended.
declare({
  schema: dataform.projectConfig.defaultSchema,
  name: 'session_events__changes',
  description:
    'One row per changed session and date of its events, until int_sessions__sessions has built it.',
});
declare({
  schema: dataform.projectConfig.defaultSchema,
  name: 'session_events__changed_rows',
  description:
    'One row per event of a session that the last run of session_events changed, until int_sessions__sessions has built it.',
});
