"""Words: loads `templates/` (and a team's own folder over it) into frozen values at start."""
