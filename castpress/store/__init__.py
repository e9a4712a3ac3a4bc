"""The only room that touches the disk and knows mutagen and Pillow."""
