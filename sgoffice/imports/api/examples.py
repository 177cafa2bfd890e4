"""Bodies that the API document shows."""

IMPORTS = {
    "create: meetings, pasted": {
        "file_name": "meetings.csv",
        "text": "Date;Avec qui;Ville;Pays;Type\n14 mars 2016;Gerhard Karner, Minister of the Interior, Austria;Vienne;"
        "Autriche;Visite\n",
    },
}
