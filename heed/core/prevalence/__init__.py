"""How many are in no record: estimates with an envelope, or a refusal. Nothing here yet."""
