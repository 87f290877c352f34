"""The customers: who they are, how they are found, and what is known of each.

``intake``     rows from imports go in by COPY, and out again when an import is undone
``summaries``  the numbers per customer that every refresh computes
``finding``    the list: filter, search, sort, page, export; saved filters
``merging``    two records of one person become one, and two again
``profile``    one customer: read and change
"""
