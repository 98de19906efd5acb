"""Small fictional areas for measuring detection: drawn parameters, planted harm or none, a separate recording layer.

Not the county of the demonstration: no names, no streets to walk, some hundred of them in a few minutes. Each gives
records of the specification, who is who, and what is true. Method: study of detection, sections 4 and 5.
"""
