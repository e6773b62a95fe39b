"""Which database connection does what."""


class OwnerMigrates:
    """Only the owner's connection makes and changes tables; the site's could not."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """True for the connection that migrates."""
        return db == "owner"
