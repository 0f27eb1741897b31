"""An invented knowledge base of any size, to measure in: nobody in it exists, and every quote stands in its text."""

from talent.world.load import NotEmpty, World, make_world, processors

__all__ = ["NotEmpty", "World", "make_world", "processors"]
