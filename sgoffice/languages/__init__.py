"""The languages of the pages: catalogues, and sentences of the register said in the language of their reader."""
