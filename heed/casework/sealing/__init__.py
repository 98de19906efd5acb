"""What Heed keeps of a child is sealed under a key of her own, and the keys stand outside the database (ADR 12).

`master` makes and reads the one key that wraps the others · `keyring` holds a key for each child, wrapped ·
`box` seals and opens one value · `whose` says which key. Everybody else uses `heed.casework.sealed`.
"""
