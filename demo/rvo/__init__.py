"""www.rvo.nl in miniature: scheme pages, news, the sitemap and the open-data lists."""
