"""From untrusted bytes to a `PrintImage`: grey, 500 ppi, dark ridges on a light ground."""

from engine.images.encoding import encode_png
from engine.images.reader import read_image, read_image_file

__all__ = ["encode_png", "read_image", "read_image_file"]
