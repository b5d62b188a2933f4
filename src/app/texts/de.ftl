# Rahmen
skip-to-content = Zum Inhalt springen
language-switch = Sprache

# Fehler
not-found-title = Diese Seite gibt es nicht
error-title = Das hat nicht geklappt
error-ours = Hier ist etwas kaputt, es liegt nicht an dir. Bitte versuche es später noch einmal oder sag jemandem im Space Bescheid.

# Womit man einverstanden ist
house-rules-title = Hausordnung
privacy-title = Datenschutzerklärung
document-missing = Dieser Space hat diesen Text noch nicht geschrieben.
document-version = Fassung { $version }
