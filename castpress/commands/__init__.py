"""One module for each thing a user can ask for; joins the rooms and owns the clock."""
