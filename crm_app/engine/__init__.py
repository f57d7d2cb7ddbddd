"""Pure data: frames in, frames out; no database, no clock."""
