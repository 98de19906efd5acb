"""Addresses as a log may hold them: the pattern of a page, never what stood in its place."""

import logging


class PatternsOnly(logging.Filter):
    """Writes `/welcome/<once:uidb64>/<once:token>` where Django would write the address that was asked for: one may
    let its reader in, and in another somebody may have typed a name."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; every record goes on."""
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            pattern = f"/{match.route}" if match else "an address"
            record.args = tuple(pattern if arg == path else arg for arg in record.args)
        return True
