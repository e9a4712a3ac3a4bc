"""A publication: what is live, what is wanted, and the plan that leads from one to the other."""
