"""Home."""

import reflex as rx

from crm_app.ui.page import page
from crm_app.ui.signed_in import SignedIn


@page("/", title="Home", menu=("Home", 0))
def home() -> rx.Component:
    return rx.el.h1("Good day, ", SignedIn.name)
