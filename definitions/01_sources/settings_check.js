// Contradictory settings stop here, at compile time, before anything runs on them.
require('includes/check_settings').checkSettings(require('includes/settings'));
