"""Every setting, in one place: the only reader of the environment."""

from functools import lru_cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a person who runs the server may set; each is an environment variable with the prefix `CRM_`."""

    model_config = SettingsConfigDict(env_prefix="CRM_", env_ignore_empty=True)

    data: Path = Path("data")
    """Folder of the embedded database, the kept files and the backups."""
    database_url: str = ""
    """Empty: the embedded database in the data folder. Else `postgresql://user@host/name`."""
    redis_url: str = ""
    """Where several server processes share their state; empty for one process."""
    key_file: Path | None = None
    """File with the secret that seals second factors and backups; empty: `secret.key` in the data folder."""
    origin: str = ""
    """Public address, such as https://crm.example.org; empty: http://localhost:PORT."""
    host: str = "127.0.0.1"
    port: int = 8000
    max_upload_mb: int = 200

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data.resolve() / 'commonplace.db'}"

    @property
    def address(self) -> str:
        return (self.origin or f"http://localhost:{self.port}").rstrip("/")

    @property
    def origins(self) -> list[str]:
        """Addresses a browser may come from: the public one, and for a local one its twin by number."""
        if self.origin:
            return [self.address]
        return [f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}"]

    @property
    def secure(self) -> bool:
        return self.address.startswith("https://")

    @property
    def keys(self) -> Path:
        return self.key_file or self.data / "secret.key"


@lru_cache
def settings() -> Settings:
    return Settings()
