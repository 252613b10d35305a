"""What everything else stands on: three-valued answers, ids, dates, enums, clean text, the files of data/, settings."""
