"""Words: those that blame a child or blur what was done to her, with plainer ones to offer; and the places, vehicles,
phones, accounts and nicknames that free text names."""
