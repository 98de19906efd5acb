"""Is this the same child: what each source says, comparisons with reasons, verdicts and their arithmetic.

Reading order: `profile` (what one source says of a person), `comparisons` (how two profiles may agree),
`model` (what each agreement is worth), `judgement` (the sum, with its reasons), `blocking` (who is compared
at all), `clusters` (who is one person in the end); `sampling` (how good it is, as people find it), `encoded`
(people without names). Never an input: sex, ethnicity, religion, nationality.
"""
