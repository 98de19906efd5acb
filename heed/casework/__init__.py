"""What people said, did and decided: models, actions, ledger, scoped doors, worker, commands."""
