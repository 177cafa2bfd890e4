"""The desk's pages of imports: bring a spreadsheet, see what would come of it, answer, enter, undo."""
