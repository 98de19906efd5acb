"""How good the linking is: what is drawn, what people said of it blind, what was counted, and the figures of a page.

`groups` reads what agencies recorded of sex and ethnicity, for error rates by group and nothing else: a house test
holds that no rule, match or ranking reaches it.
"""
