"""SSDA903, the yearly return of children looked after (Department for Education, England): CSV tables in a folder."""
