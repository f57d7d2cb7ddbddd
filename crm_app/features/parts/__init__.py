"""The page that shows every part of the ui kit in every state, for those who build pages."""
