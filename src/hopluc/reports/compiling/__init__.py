"""Pure: what agencies filed, what the database knows and what compilers chose, brought together as one report.

`shape` says which figure each cell of a form holds, `figures` which statements there are of it and which one counts, `gathering` brings
the texts together, `claims` reads figures in texts, `gate` says where any two of all these disagree.
"""
