"""The coach on the command line: `coach` reads texts, `coach evaluate` measures it on a folder of labelled ones."""
