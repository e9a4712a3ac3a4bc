"""What a podcast is: plain values, standard library only, no disk, no clock."""
