"""Answers for other programs on this machine, such as an assistant: small, dated, and nothing that writes."""
