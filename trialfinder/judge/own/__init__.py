"""What a study is about, and asks of everybody without naming it: the person's own illness."""
