"""The Atom feed that Blogger exports, in the form of its own backup and in that of Google Takeout: `item` reads it."""
