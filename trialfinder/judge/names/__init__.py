"""Names of illnesses: what else each is called, what it is a form of, and where a text names one."""
