"""Lists of organisations that offices keep, taken in: read, looked at, taken over, undone, given back.

columns    which column of a sheet is what (`data/columns.toml`)
reader     what the bounded process does: a file in, cells out
titles     rows that are about no organisation: they are passed over, and named
values     cells → values, or what is wrong with them
snapshot   what the registry holds in the places that a clerk keeps
checking   rows beside the registry: new, changed, the same, doubtful, wrong
staging    the jobs: a list is read and its rows are kept until somebody decides
taking     rows into the registry, all at once; `undoing`: out again; `layout`: the registry in the columns of a list
"""
