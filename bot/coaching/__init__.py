"""The method: pure functions and frozen values, standard library only. No I/O, no clock, no framework."""
