"""Small line icons, drawn here so that nothing is loaded for them."""

import reflex as rx

PATHS: dict[str, str] = {
    "search": "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10M11 11l3.5 3.5",
    "menu": "M2 4.5h12M2 8h12M2 11.5h12",
    "close": "M3.5 3.5l9 9M12.5 3.5l-9 9",
    "plus": "M8 3v10M3 8h10",
    "check": "M3 8.5l3.5 3.5L13 4.5",
    "more": "M3.2 8h.01M8 8h.01M12.8 8h.01",
    "down": "M4 6l4 4 4-4",
    "up": "M4 10l4-4 4 4",
    "left": "M10 4L6 8l4 4",
    "right": "M6 4l4 4-4 4",
    "columns": "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
    "filter": "M2 3.5h12L9.5 9v4l-3-1.5V9z",
    "trash": "M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.5 9h6l.5-9M6.8 7v4M9.2 7v4",
    "undo": "M5.5 3L2.5 6l3 3M3 6h6a3.5 3.5 0 0 1 0 7H6.5",
    "print": "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
    "download": "M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11",
    "upload": "M8 10.5v-8M4.5 6L8 2.5 11.5 6M2.5 13.5h11",
    "phone": "M4 2.5h2.2l1 3-1.5 1.2a8 8 0 0 0 3.6 3.6l1.2-1.5 3 1V12c0 .9-.7 1.6-1.6 1.5C6.6 13 3 9.4 2.5 4.1 2.4 3.2 3.1 2.5 4 2.5z",
    "mail": "M2 4h12v8.5H2zM2.5 4.5L8 9l5.5-4.5",
    "calendar": "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
    "person": "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8M3 14c.3-2.8 2.4-4.2 5-4.2s4.7 1.4 5 4.2",
    "pin": "M9.5 2.5l4 4-2 .5-2.5 2.5-.5 3L3.5 7.5l3-.5L9 4.5zM5.8 10.2L2.5 13.5",
    "drag": "M6 3.5h.01M10 3.5h.01M6 8h.01M10 8h.01M6 12.5h.01M10 12.5h.01",
    "keys": "M1.5 4.5h13v7.5h-13zM4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 9.7h6",
    "edit": "M3 13l.6-2.8L11 2.8l2.2 2.2-7.4 7.4z",
    "link": "M6.5 9.5l3-3M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5L7.5 13a2.8 2.8 0 0 1-4-4L5 7.5",
    "clock": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 4.8V8l2.2 1.5",
}


def icon(name: str) -> rx.Component:
    """A 16-pixel icon; it says nothing to screen readers, so the control around it needs a name."""
    return rx.el.svg(
        rx.el.path(d=PATHS[name]),
        view_box="0 0 16 16",
        class_name="icon",
        aria_hidden="true",
        custom_attrs={"focusable": "false"},
    )
