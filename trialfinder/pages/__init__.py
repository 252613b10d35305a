"""Pages and pictures for people: a static site of all studies, and what is drawn from them."""
