"""Who knew what, when: chronology and replay for a reviewer. Nothing here yet."""
