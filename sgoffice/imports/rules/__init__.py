"""How spreadsheets are read: pure functions of bytes and text, within limits that a hostile file cannot pass."""
