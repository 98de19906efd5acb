"""The mailbox that warnings are sent to: reading it, and the receipts that go back."""
