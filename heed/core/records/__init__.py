"""What an agency tells us: kinds, people, things, three clocks, uncertain dates, revisions, grading."""
