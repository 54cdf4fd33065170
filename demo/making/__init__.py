"""Short ways to write papers: the publisher's wording and metadata are filled in, only the content is left to say."""
