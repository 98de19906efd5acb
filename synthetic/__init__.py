"""A fictional county that is used to try Heed out: children, agencies, histories, recording habits, known truth.

Nothing here is real and nothing is learnt from real records. The world is made first (children, homes,
friends, missing episodes, networks); what agencies write of it is a separate layer whose every kind of
error can be switched off. Method: detection study, section 5 (a marked point process with a recording layer).
"""
