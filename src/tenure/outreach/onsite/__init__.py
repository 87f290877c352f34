"""People on the shop's own pages: the inbox of each, who may read it, and the browsers that take pushes."""
