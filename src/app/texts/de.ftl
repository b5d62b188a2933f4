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

# Mitglied werden
register-title = Mitglied werden
register-closed = Über diese Seite wird hier niemand Mitglied. Komm vorbei und sprich mit uns.
register-intro = Werde Mitglied bei { $space }: Es dauert drei Minuten. Bevor etwas passiert, schicken wir einen Link an deine E-Mail-Adresse.
register-you = Über dich
register-membership = Deine Mitgliedschaft
register-opens = Dein Schlüsselanhänger öffnet: { $facilities }.
register-work-out = Betrag ausrechnen
register-more = Außerdem
register-agree = Bitte stimme zu
register-send = Weiter
register-again = Bitte sieh das Formular noch einmal durch und schick es erneut ab.
register-wrong = Etwas stimmt noch nicht: Es steht neben den Feldern.
register-too-many = Von deinem Anschluss oder für diese Adresse kamen zu viele Formulare. Bitte versuch es in einer Stunde noch einmal oder komm vorbei.
register-later = Das können wir gerade nicht annehmen. Es wurde nichts aufbewahrt; bitte versuch es später noch einmal.
join-optional = Freiwillig
join-name = Name
join-name-hint = So, wie dich andere Mitglieder kennen sollen
join-email = E-Mail-Adresse
join-email-hint = Dorthin schicken wir einen Link
join-phone = Telefon
join-address = Postanschrift
join-born = Jahr und Monat der Geburt
join-born-hint = Zum Beispiel 1990-04; kein Tag
join-concession = Grund für einen ermäßigten Beitrag
join-concession-hint = Falls du einen hast, zum Beispiel Studium oder Arbeitslosigkeit. Nur Admins sehen ihn.
join-amount = Betrag, den du monatlich zahlen willst, in { $currency }
join-amount-hint = Nur, wenn es mehr als der Beitrag ist
join-children = Ich habe Kinder, die mit mir Mitglied werden
join-news = Schickt mir auch Neuigkeiten
join-named = Anderen Mitgliedern meinen Namen sagen, wenn ich beitrete oder da bin
join-heard = Wie hast du uns gefunden?
join-house-rules = Ich stimme der Hausordnung zu
join-privacy = Ich habe die Datenschutzerklärung gelesen
join-child-name = Name des Kindes
join-more-children = Es gibt weitere Kinder
trap = Lass dieses Feld leer
tier-month = { $amount } im Monat
tier-year = oder { $amount } im Jahr
tier-free = beitragsfrei
fault-missing = Bitte füll das aus.
fault-too-long = Das ist zu lang.
fault-unreadable = Hier sind Zeichen, die niemand lesen kann, oder ein Zeilenumbruch.
fault-no-address = Das ist keine E-Mail-Adresse.
fault-no-month = Schreib Jahr und Monat wie 1990-04.
fault-future = Das liegt in der Zukunft.
fault-too-old = So alt ist niemand.
fault-not-offered = Wähle eine davon.
fault-no-amount = Schreib einen Betrag wie 25 oder 25,00.
fault-below-dues = Der Beitrag ist { $amount }: Lass das Feld leer oder wähle mehr.
fault-not-agreed = Ohne das kann niemand Mitglied werden.
dues-choose = Wähle eine Mitgliedschaft, um zu sehen, was sie kostet.
child-title = Ein Kind hinzufügen
child-so-far = Kinder bisher:
child-go-on = Weiter
mailed-title = Sieh in deine E-Mails
mailed-look = Wir haben eine E-Mail an die angegebene Adresse geschickt.
mailed-nothing = Wenn in den nächsten Minuten nichts ankommt, sieh im Spam-Ordner nach oder prüfe die Adresse.
confirm-title = Bist du das?
confirm-intro = Einmal drücken, und es ist geschafft.
confirm-children = Kinder
confirm-join = Ja, ich will Mitglied werden
confirm-already = Diese Adresse gehört schon zu einem Mitglied.
confirm-nothing = Dieser Link wurde schon benutzt oder ist älter als ein Tag. Wenn du Mitglied geworden bist, steht alles in deinen E-Mails; sonst füll das Formular noch einmal aus.
waits-title = Danke
waits-thanks = Deine Adresse ist bestätigt.
waits-then = Jemand von uns sieht sich deinen Antrag an, und du bekommst eine E-Mail.
end-title = Willkommen, { $name }
end-welcome = Du bist Mitglied.
end-number = Deine Nummer
end-reference = Dein Verwendungszweck
end-child = Kind
end-pay = So zahlst du
end-pay-how = Bitte zahl per Dauerauftrag und gib { $reference } als Verwendungszweck an, damit wir wissen, dass die Zahlung von dir ist.
end-next = Wie es weitergeht
end-fob = Am Tresen bekommst du einen Schlüsselanhänger. Er öffnet: { $facilities }.
end-induction = Frag nach deiner Einweisung: { $inductions }.
end-mail = Das alles steht in der E-Mail, die wir dir geschickt haben.
end-mail-later = Das alles kommt in Kürze per E-Mail.

# Briefe an Leute, die noch nicht Mitglied sind
mail-hello = Hallo { $name },
mail-link-subject = Dein Link zu { $space }
mail-link = du hast das Formular ausgefüllt, um Mitglied bei { $space } zu werden. Folge diesem Link, damit es weitergeht:
mail-link-day = Er gilt einmal und einen Tag lang.
mail-link-not-you = Wenn du das nicht warst, brauchst du nichts zu tun.
mail-already-subject = Du bist Mitglied bei { $space }
mail-already = Hallo, jemand hat das Formular, um Mitglied bei { $space } zu werden, mit dieser Adresse ausgefüllt. Sie gehört schon zu einem Mitglied.
mail-already-then = Wenn du es warst: Es ist nichts zu tun. Wenn du deinen Verwendungszweck suchst, antworte auf diese E-Mail.
mail-declined-subject = Dein Antrag bei { $space }
mail-declined = wir können dich bei { $space } nicht aufnehmen.
mail-declined-data = Was du ausgefüllt hast, wurde gelöscht.
mail-request-subject = Worum du bei { $space } gebeten hast
mail-request-done = worum du uns gebeten hast, ist erledigt.
mail-request-declined = worum du uns gebeten hast, können wir nicht tun.
mail-waiting-subject = Bei { $space } wartet ein Antrag
mail-waiting = Jemand möchte Mitglied werden. Die Verwaltung zeigt unter „Applications“, was bekannt ist.

# Alle Seiten für Mitglieder
own-pages = Deine Seiten
yes = ja
no = nein
moment = { $day }, { $time }
letter-greeting = Hallo { $name },

# Anmelden
login-title = Anmelden
login-intro = Melde dich mit einem Konto an, dessen E-Mail-Adresse der Space kennt.
login-with = Mit { $service } anmelden
login-by-mail = Per E-Mail
login-email = Deine E-Mail-Adresse
login-email-hint = Du bekommst einen Link, der dich anmeldet. Er gilt einmal, einen Tag lang.
login-send = Link schicken
login-mail-sent = Wenn ein Mitglied diese Adresse hat, ist ein Link unterwegs.
login-mail-hint = Das kann eine Minute dauern. Schau auch bei den unerwünschten Mails nach.
login-none = Hier kann sich noch niemand anmelden: Frag jemanden im Space.
login-go = Anmelden
login-again = Einen anderen Weg versuchen
login-not-known = An diesem Konto sehen wir nicht, welches Mitglied du bist.
login-ask = Dort hilft dir jemand:
login-ask-somebody = Frag jemanden im Space, der deine E-Mail-Adresse eintragen kann.
login-over = Das hat zu lange gedauert oder wurde schon einmal benutzt. Bitte fang noch einmal an.
login-denied = { $service } hat nicht gesagt, wer du bist. Versuche es noch einmal oder auf einem anderen Weg.
login-not-believed = Der Antwort des anderen Dienstes ist nicht zu trauen, deshalb wurde niemand angemeldet.
login-down = Der andere Dienst antwortet nicht. Versuche es später noch einmal oder auf einem anderen Weg.
login-too-often = Das war zu oft. Bitte versuche es in einer Stunde noch einmal.
login-letter-subject = { $space }: dein Link zum Anmelden
login-letter-text = Dieser Link meldet dich an. Er gilt einmal, einen Tag lang:
login-letter-otherwise = Wenn du ihn nicht angefordert hast, musst du nichts tun: Ohne den Link kommt niemand hinein.
link-over = Dieser Link wurde schon benutzt oder ist älter als ein Tag. Fordere einen neuen an.

# Abmelden
logout-title = Abmelden
logout-since = Du bist hier seit dem { $day } angemeldet, über { $by }.
logout-here = Hier abmelden
logout-sessions = { $count ->
    [one] Sonst bist du nirgends angemeldet.
   *[other] Du bist in { $count } Browsern angemeldet.
 }
logout-everywhere = Überall abmelden

# Profil: wer jemand ist
profile-title = Dein Profil
who-name = Name
who-number = Nummer
who-tier = Mitgliedschaft
who-standing = Stand
who-joined = Mitglied seit
who-leaves = Mitglied bis
who-suspended = Ausgesetzt seit
who-suspended-until = Ausgesetzt bis
standing-good = alles in Ordnung
standing-lapsed = nicht bezahlt
standing-suspended = ausgesetzt
standing-left = ausgetreten

# Profil: Beiträge
dues-title = Dein Beitrag
dues-of-parent = Für dich bezahlt { $parent }.
dues-reference = Verwendungszweck
dues-paid-until = Bezahlt bis
dues-covered = Gedeckt
dues-how = So bezahlst du
pay-collected = Dein Beitrag wird von selbst eingezogen.
pay-link = Von welcher Karte oder welchem Konto
pay-title = Karte oder Konto
pay-what = Dein Beitrag wird von einem Zahlungsdienst eingezogen. Auf dessen Seite sagst du, von welcher Karte oder welchem Konto, oder änderst das. Wir sehen die Nummern nie.
pay-go = Zu dieser Seite
pay-by-hand = Dein Beitrag wird nicht von einem Zahlungsdienst eingezogen: Du bezahlst ihn selbst.
pay-early = Das ist für dich noch nicht vorbereitet. Bitte komm in einer halben Stunde wieder.
pay-nothing = Zurzeit wird von dir nichts eingezogen.
pay-too-often = Du warst gerade mehrmals dort. Bitte versuch es in einer Stunde noch einmal.
pay-down = Der Zahlungsdienst ist nicht zu erreichen. Bitte versuch es später noch einmal.
cover-always = immer: Du schuldest nichts
cover-never = noch nicht: Es wurde nichts bezahlt
cover-until = bis { $day }
payments-title = Zahlungen
payments-day = Tag
payments-amount = Betrag
payments-until = Reicht bis

# Profil: was sich öffnet
access-title = Was du jetzt öffnen kannst
access-none = In diesem Space gibt es noch nichts zu öffnen.
access-held = gerade für alle offen
access-opens = öffnet sich für dich
access-shut = bleibt für dich zu
why-no-credential = Du hast weder Schlüsselanhänger noch Code.
why-unreadable = Dein Eintrag lässt sich nicht lesen.
why-left = Du verlässt den Space am { $day }.
why-suspended = Du bist seit dem { $day } ausgesetzt.
why-suspended-until = Du bist vom { $day } bis zum { $until } ausgesetzt.
why-no-dues = Deine Mitgliedschaft kostet nichts.
why-never-paid = Es wurde noch nichts bezahlt.
why-parent-never-paid = { $parent } hat noch nichts bezahlt.
why-covered = Dein Beitrag ist mit der Nachfrist bis { $day } gedeckt.
why-was-covered = Dein Beitrag war mit der Nachfrist bis { $day } gedeckt.
why-covered-by-parent = Deinen Beitrag deckt { $parent } bis { $day }, solange dort alles in Ordnung ist.
why-inducted = Du hast die Einweisung für { $facility }, seit { $day }.
why-not-inducted = Du brauchst eine Einweisung für { $facility }.
why-shut = Es bleibt zu, weil sich seine Einträge nicht lesen lassen.
why-stale = Seit Tagen sind keine Änderungen angekommen; bis dahin gilt dafür eine eigene Regel.
why-no-requirement = Gerade ist es für alle geschlossen.
why-requirement = Es verlangt Stufe { $needed }, deine ist { $yours }.
why-until = Das gilt bis { $when }.
why-credential = { $kind } { $tag }
why-grant-counts = { $what } ist für { $facility }.
why-grant-outranked = { $what } ist für { $facility }, aber ein anderer zählt mehr.
why-grant-elsewhere = { $what } ist für { $facility }.
why-grant-ambiguous = { $what }: Ein anderes Mitglied hat den gleichen, deshalb öffnet er nichts.
why-grant-expired = { $what } endete am { $when }.
why-grant-later = { $what } gilt ab { $when }.

# Profil: Schlüsselanhänger, Codes, Einweisungen
kind-fob = Schlüsselanhänger
kind-passcode = Code
held-title = Deine Schlüsselanhänger und Codes
held-none = Du hast noch keine.
held-ended = Öffnet nichts mehr.
held-opens = Öffnet { $facilities }
lost-fob = Diesen Schlüsselanhänger habe ich verloren
lost-passcode = Jemand anderes kennt diesen Code
lost-what = Von jetzt an öffnet er nichts mehr. Einen neuen bekommst du im Space.
lost-go = Jetzt sperren
inductions-title = Deine Einweisungen
inductions-none = Du hast noch keine.
inductions-by = { $facility }, am { $day }, von { $by }
inductions-on = { $facility }, am { $day }
inductions-inductor = (du darfst andere einweisen)

# Profil: Hinweise, Besuche, Briefe, Daten
notes-title = Nur für Mitglieder
notes-not-now = Das siehst du wieder, sobald dein Beitrag bezahlt ist.
visits-title = Deine Besuche
visits-days = { $count ->
    [one] Nur du und die den Space leiten sehen sie, du einen Tag lang.
   *[other] Nur du und die den Space leiten sehen sie, du { $count } Tage lang.
 }
visits-none = Es gibt keine.
visits-link = Anzeigen
result-granted = geöffnet
result-denied = blieb zu
result-exit = gegangen
result-operated = bedient
told-title = Was wir dir geschrieben haben
told-nothing = Noch nichts.
told-failed = (hat dich nicht erreicht)
notice-welcome = Willkommen
notice-payment-received = Deine Zahlung
notice-payment-failed = Dein Beitrag konnte nicht eingezogen werden
notice-reminder = Erinnerung an deinen Beitrag
notice-lapsed = Dein Beitrag ist nicht mehr gedeckt
notice-nudge = Frage nach deinem Beitrag
notice-dues-changed = Dein Beitrag hat sich geändert
notice-induction-recorded = Deine Einweisung
notice-credential-added = Dein neuer Schlüsselanhänger oder Code
notice-credential-revoked = Dein Schlüsselanhänger oder Code wurde eingezogen
notice-announcement = Neuigkeiten
notice-review = Monatsbericht
chat-title = Der Chat
chat-what = Damit der Chat weiß, wer du bist, schick seiner App diesen Befehl. Der Code gilt bis morgen, und nur für dich.
chat-named = Andere Mitglieder erfahren dort deinen Namen: wenn du beitrittst und solange du da bist.
chat-not-named = Niemand erfährt dort deinen Namen.
chat-named-change = Das ändern

data-title = Deine Daten
data-what = Alles, was der Space über dich weiß, mit jeder Änderung, als Datei.
data-download = Herunterladen
data-too-often = Du hast sie gerade mehrmals heruntergeladen. Bitte warte eine Stunde.

# Austreten
leave-title = Den Space verlassen
leave-what = Du kannst zu jedem Tag austreten. Jemand aus dem Space bestätigt es.
leave-on = Der erste Tag, an dem du kein Mitglied mehr bist
leave-paid = Du hast bis { $day } bezahlt.
leave-contact = { $count ->
    [one] Deine Adresse und was sonst persönlich ist, wird einen Tag danach gelöscht.
   *[other] Deine Adresse und was sonst persönlich ist, wird { $count } Tage danach gelöscht.
 }
leave-payments = { $count ->
    [one] Deine Zahlungen werden gelöscht, wenn sie einen Tag alt sind.
   *[other] Deine Zahlungen werden gelöscht, wenn sie { $count } Tage alt sind.
 }
leave-member = { $count ->
    [one] Alles andere über dich wird einen Tag danach gelöscht.
   *[other] Alles andere über dich wird { $count } Tage danach gelöscht.
 }
leave-kept = Der Space hat nicht festgelegt, wie lange er behält, was er über dich weiß: Frag nach.
leave-go = Austritt beantragen
leave-link = Den Space verlassen …
leave-asked = Du möchtest am { $day } austreten. Bis jemand es bestätigt, bleibst du Mitglied.
leave-wrong = Bitte gib einen Tag ab heute an, innerhalb von zwei Jahren.

# Gäste
guests-title = Gäste
guests-off = Dieser Space hat keine Gastzugänge.
guests-intro = { $count ->
    [one] Du kannst einem Gast für eine Stunde einen Code geben. Was der Gast tut, steht unter deinem Namen im Protokoll.
   *[other] Du kannst einem Gast für bis zu { $count } Stunden einen Code geben. Was der Gast tut, steht unter deinem Namen im Protokoll.
 }
guests-given = Zugänge, die du vergeben hast
guests-when = Von { $from } bis { $until }
guests-end = Jetzt beenden
guests-new = Ein neuer Zugang
guests-facility = Wofür
guests-day = Tag
guests-time = Ab
guests-hours = Stunden
guests-go = Code anfordern
guests-passcode = Der Code:
guests-until = Er gilt bis { $until }.
guests-once = Er wird nur dieses eine Mal gezeigt. Sag ihn deinem Gast und sonst niemandem.
guests-wrong-time = Bitte gib einen Tag, eine Uhrzeit und eine Zahl von Stunden an.
guests-closed = Das steht Gästen nicht offen.
guests-child = Kinder können nicht für Gäste einstehen: Frag deine Eltern.
guests-standing = Gäste können nur Mitglieder haben, bei denen alles in Ordnung ist.
guests-over = Das wäre vorbei, bevor es beginnt.
guests-too-long = { $count ->
    [one] Ein Zugang gilt höchstens eine Stunde.
   *[other] Ein Zugang gilt höchstens { $count } Stunden.
 }
guests-too-far = Ein Zugang kann innerhalb von zwei Monaten beginnen.
guests-not-yours = Das darfst du selbst nicht die ganze Zeit öffnen.
guests-too-many = { $count ->
    [one] Du hast schon einen Zugang vergeben, mehr gibt es nicht: Beende ihn zuerst.
   *[other] Du hast schon { $count } Zugänge vergeben, mehr gibt es nicht: Beende zuerst einen.
 }

# Neue Adresse
address-title = Neue Adresse bestätigen
address-go = Bestätigen
address-half = Danke. Die Änderung gilt, sobald auch die andere Adresse bestätigt ist: Dort liegt ein Link in der Mail.
address-done = Ab jetzt gilt die neue Adresse.
address-outdated = Deine Adresse wurde inzwischen geändert. Wenn du noch eine andere möchtest, gib sie noch einmal an.
address-letter-subject = { $space }: deine neue E-Mail-Adresse
address-letter-old = Deine Post soll künftig an { $new } gehen. Bitte bestätige das mit diesem Link; er gilt einmal, einen Tag lang:
address-letter-new = Deine Post soll künftig hierher kommen. Bitte bestätige das mit diesem Link; er gilt einmal, einen Tag lang:
address-letter-otherwise = Wenn das nicht von dir kam, folge dem Link nicht und sag jemandem im Space Bescheid.

# Meine Daten ändern
edit-title = Deine Daten ändern
edit-name = Name
edit-email = E-Mail-Adresse
edit-email-hint = Eine neue bestätigst du mit zwei Links: einem im alten und einem im neuen Postfach.
edit-phone = Telefon
edit-address = Anschrift
edit-born = Jahr und Monat der Geburt
edit-tier = Mitgliedschaft
edit-concession = Grund für einen ermäßigten Beitrag
edit-concession-hint = Lass es leer, wenn es keinen gibt.
edit-chosen = Betrag, den du im Monat zahlen möchtest
edit-chosen-hint = Falls du mehr zahlen möchtest, als du musst; sonst lass es leer.
edit-news = Schickt mir Neuigkeiten aus dem Space
edit-named = Anderen Mitgliedern meinen Namen sagen, wenn ich beitrete oder da bin
edit-asks = Über eine Änderung entscheidet jemand aus dem Space.
edit-look = Zeigen, was sich ändert
edit-cancel = Abbrechen
edit-go = Speichern
edit-back = Zurück zum Formular
edit-same = Es war nichts anders, deshalb wurde nichts geändert.
edit-at-once = Ändert sich sofort: { $fields }
edit-confirms = Du bekommst zwei Mails. Die neue Adresse gilt, wenn beide Links benutzt wurden.
edit-asked = Darüber entscheidet jemand aus dem Space: { $fields }
edit-waits = Du hast um Änderungen gebeten, über die noch jemand aus dem Space entscheidet: { $fields }
edit-dues = Dein Beitrag
edit-dues-change = Bisher { $before } im Monat, danach { $after }.
edit-dues-from = Das gilt für die Zeit ab dem { $day }.
edit-wrong-text = Das ist zu lang (höchstens { $count } Zeichen) oder enthält Zeichen, die sich nicht zeigen lassen.
edit-wrong-name = Der Name fehlt.
edit-wrong-email = Das ist keine gültige E-Mail-Adresse.
edit-wrong-born = Bitte schreib ein vergangenes Jahr mit Monat, wie 1980-01.
edit-wrong-tier = Diese Mitgliedschaft steht nicht zur Wahl.
edit-wrong-amount = Das ist kein gültiger Betrag.
edit-wrong-low = Das ist weniger als dein Beitrag von { $dues }.
edit-wrong-concession = Für diese Mitgliedschaft gibt es keinen ermäßigten Beitrag.
edit-wrong-free = Diese Mitgliedschaft kostet nichts, also gibt es nichts, worüber hinaus du zahlen könntest.
edit-refused = Das lassen die Einträge nicht zu. Bitte frag jemanden im Space.
to-the-field = Zum Feld
field-name = Name
field-email = E-Mail-Adresse
field-phone = Telefon
field-address = Anschrift
field-born = Geburt
field-tier = Mitgliedschaft
field-concession = ermäßigter Beitrag
field-chosen-amount = gewählter Betrag
field-news = Neuigkeiten
field-named = Nennung deines Namens

# Wie der Beitrag zustande kommt
dues-month = im Monat
dues-year = oder ein Jahr auf einmal
dues-part-nothing = nichts zu bezahlen
dues-part-price = die Mitgliedschaft
dues-part-children = weitere Kinder
dues-part-concession = um die Hälfte ermäßigt
dues-part-minimum = bis zum Mindestbeitrag
dues-part-chosen = bis zu dem, was du gewählt hast
