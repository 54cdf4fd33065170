"""From digest to message to channel: renderings, our two Apprise plugins and the frozen bytes that travel."""
