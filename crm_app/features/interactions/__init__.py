"""Conversations and the tasks that follow from them."""
