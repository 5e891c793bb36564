// What int_sessions__visit_events leaves for int_sessions__sessions to build again (includes/session_changes.js).
// Both make these tables where they are missing; they are empty when a run has ended.
declare({
  schema: dataform.projectConfig.defaultSchema,
  name: 'int_sessions__visit_events__changes',
  description:
    'One row per changed session and date of its events, until int_sessions__sessions has built it.',
});
declare({
  schema: dataform.projectConfig.defaultSchema,
  name: 'int_sessions__visit_events__changed_rows',
  description:
    'One row per event of a session that the last run of int_sessions__visit_events changed, until int_sessions__sessions has built it.',
});
// Servers' events that are a spell of their own (includes/lone_events.js): made by int_sessions__visit_events.
declare({
  schema: dataform.projectConfig.defaultSchema,
  name: 'int_sessions__visit_events__lone',
  description: "One row per server's event that is a spell of its own.",
});
