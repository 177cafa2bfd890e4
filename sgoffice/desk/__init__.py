"""The frame of the desk, the pages on which staff run their week. Each domain adds its own under `<app>/desk/`."""
