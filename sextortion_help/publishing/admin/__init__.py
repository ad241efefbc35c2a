"""The editor's way from a draft to the public: a file for each screen. Django looks for them here."""

from sextortion_help.publishing.admin import releases

__all__ = ["releases"]
