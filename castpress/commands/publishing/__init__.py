"""A publication in its parts: place, material, preparation, claim, waves, commit, words."""
