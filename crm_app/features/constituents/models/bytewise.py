"""Text ordered by bytes on both databases: folded words and sort names."""

import sqlalchemy as sa

BYTES = sa.String(160).with_variant(sa.String(160, collation="C"), "postgresql")
