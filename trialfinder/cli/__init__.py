"""The command line: parse, call, print. Only this package reads the environment."""
