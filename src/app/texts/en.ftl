# Frame
skip-to-content = Skip to the content
language-switch = Language

# Errors
not-found-title = There is no such page
error-title = That did not work
error-ours = Something is broken here, not on your side. Please try again later, or tell somebody of the space.

# What somebody agrees to
house-rules-title = House rules
privacy-title = Privacy notice
document-missing = This space has not written this text yet.
document-version = Version { $version }

# Joining
register-title = Become a member
register-closed = Nobody joins by this page here. Come by and talk to us.
register-intro = Join { $space }: it takes three minutes. We send a link to your e-mail address before anything happens.
register-you = About you
register-membership = Your membership
register-opens = Your fob will open: { $facilities }.
register-work-out = Work out the amount
register-more = And
register-agree = Please agree
register-send = Go on
register-again = Please look through the form and send it once more.
register-wrong = Something is not right yet: it is written beside the fields.
register-too-many = Too many forms came from your place or for this address. Please try again in an hour, or come by.
register-later = We cannot take this just now. Nothing was kept; please try again later.
join-optional = Optional
join-name = Name
join-name-hint = As other members shall know you
join-email = E-mail address
join-email-hint = We send a link there
join-phone = Phone
join-address = Postal address
join-born = Year and month of birth
join-born-hint = Like 1990-04; no day
join-concession = Reason for reduced dues
join-concession-hint = If you have one, such as being a student or out of work. Only admins see it.
join-amount = Amount that you want to pay each month, in { $currency }
join-amount-hint = Only if it is more than is due
join-children = I have children who join with me
join-news = Send me news, too
join-named = Tell other members my name when I join, or am in
join-heard = How did you find us?
join-house-rules = I agree to the house rules
join-privacy = I have read the privacy notice
join-child-name = Name of the child
join-more-children = There are more children
trap = Leave this empty
tier-month = { $amount } a month
tier-year = or { $amount } a year
tier-free = no dues
fault-missing = Please fill this in.
fault-too-long = This is too long.
fault-unreadable = This has characters that cannot be read, or a line break.
fault-no-address = This is not an e-mail address.
fault-no-month = Write year and month like 1990-04.
fault-future = This lies in the future.
fault-too-old = Nobody is that old.
fault-not-offered = Choose one of these.
fault-no-amount = Write an amount like 25 or 25.00.
fault-below-dues = The dues are { $amount }: leave this empty, or choose more.
fault-not-agreed = Without this nobody can join.
dues-choose = Choose a membership to see what it costs.
child-title = Add a child
child-so-far = Children so far:
child-go-on = Go on
mailed-title = Look into your mail
mailed-look = We have sent an e-mail to the address that you gave.
mailed-nothing = If nothing comes within a few minutes, look into the folder for spam, or check the address.
confirm-title = Is this you?
confirm-intro = One press, and it is done.
confirm-children = Children
confirm-join = Yes, I want to join
confirm-already = This address belongs to a member already.
confirm-nothing = This link has been used, or is older than a day. If you have joined, everything is in your mail; otherwise fill in the form again.
waits-title = Thank you
waits-thanks = Your address is confirmed.
waits-then = Somebody of us looks at your application, and you get an e-mail.
end-title = Welcome, { $name }
end-welcome = You are a member.
end-number = Your number
end-reference = Your payment reference
end-child = Child
end-pay = How to pay
end-pay-how = Please pay by standing order and use { $reference } as the reference, so that we know that the payment is yours.
end-next = What comes next
end-fob = At the desk you get a fob, which opens: { $facilities }.
end-induction = Ask for your induction: { $inductions }.
end-mail = All of this is in the e-mail that we have sent you.
end-mail-later = All of this comes by e-mail in a while.

# Letters to those who are not members yet
mail-hello = Hello { $name },
mail-link-subject = Your link to join { $space }
mail-link = you filled in the form to join { $space }. Follow this link to go on:
mail-link-day = It can be used once, within a day.
mail-link-not-you = If that was not you, you need not do anything.
mail-already-subject = You are a member of { $space }
mail-already = Hello, somebody filled in the form to join { $space } with this address, which is that of a member already.
mail-already-then = If it was you: there is nothing to do. If you look for your reference, reply to this mail.
mail-declined-subject = Your application to { $space }
mail-declined = we cannot take you in at { $space }.
mail-declined-data = What you filled in has been removed.
mail-request-subject = What you asked for at { $space }
mail-request-done = what you asked us for has been done.
mail-request-declined = we cannot do what you asked us for.
mail-waiting-subject = An application waits at { $space }
mail-waiting = Somebody has applied to join. The panel shows what is known, under Applications.

# All pages of members
own-pages = Your pages
yes = yes
no = no
moment = { $day }, { $time }
letter-greeting = Hello { $name },

# Login
login-title = Log in
login-intro = Log in with an account whose e-mail address the space knows.
login-with = Log in with { $service }
login-by-mail = By e-mail
login-email = Your e-mail address
login-email-hint = You get a link that logs you in. It works once, for a day.
login-send = Send me a link
login-mail-sent = If a member has this address, a link is on its way.
login-mail-hint = It may take a minute. Look among the unwanted mail, too.
login-none = Nobody can log in here yet: ask somebody of the space.
login-go = Log me in
login-again = Try another way
login-not-known = We cannot tell which member you are by this account.
login-ask = Somebody can help you there:
login-ask-somebody = Ask somebody of the space, who can enter your e-mail address.
login-over = This took too long, or was used before. Please begin again.
login-denied = { $service } did not say who you are. Please try again, or in another way.
login-not-believed = The answer of the other service cannot be believed, so nobody was logged in.
login-down = The other service does not answer. Please try again later, or in another way.
login-too-often = That was too often. Please try again in an hour.
login-letter-subject = { $space }: your link to log in
login-letter-text = This link logs you in. It works once, for a day:
login-letter-otherwise = If you did not ask for it, you need not do anything: without the link nobody gets in.
link-over = This link was used before, or is more than a day old. Ask for a new one.

# Logout
logout-title = Log out
logout-since = You have been logged in here since { $day }, by { $by }.
logout-here = Log out here
logout-sessions = { $count ->
    [one] You are logged in nowhere else.
   *[other] You are logged in in { $count } browsers.
 }
logout-everywhere = Log out everywhere

# Profile: who somebody is
profile-title = Your profile
who-name = Name
who-number = Number
who-tier = Membership
who-standing = Standing
who-joined = Member since
who-leaves = Member until
who-suspended = Suspended since
who-suspended-until = Suspended until
standing-good = in good standing
standing-lapsed = not paid
standing-suspended = suspended
standing-left = left

# Profile: dues
dues-title = Your dues
dues-of-parent = You are covered by { $parent }.
dues-reference = Payment reference
dues-paid-until = Paid until
dues-covered = Covered
dues-how = How to pay
pay-collected = Your dues are taken by themselves.
pay-link = From which card or bank account
pay-title = Card or bank account
pay-what = Your dues are taken by a payment processor. On its page you say from which card or bank account, or change that. We never see the numbers.
pay-go = Go to that page
pay-by-hand = Your dues are not taken by a payment processor: you pay them yourself.
pay-early = This is not ready for you yet. Please come back in half an hour.
pay-nothing = At the moment nothing is taken from you.
pay-too-often = You went there several times just now. Please try again in an hour.
pay-down = The payment processor cannot be reached. Please try again later.
cover-always = always: you owe nothing
cover-never = not yet: nothing was paid
cover-until = until { $day }
payments-title = Payments
payments-day = Day
payments-amount = Amount
payments-until = Pays until

# Profile: what opens
access-title = What you may open now
access-none = The space has nothing to open yet.
access-held = open to everybody just now
access-opens = opens for you
access-shut = stays shut for you
why-no-credential = You have no fob or passcode.
why-unreadable = Your record cannot be read.
why-left = You leave the space on { $day }.
why-suspended = You are suspended since { $day }.
why-suspended-until = You are suspended from { $day } until { $until }.
why-no-dues = Your membership owes no dues.
why-never-paid = Nothing was paid yet.
why-parent-never-paid = { $parent } has not paid anything yet.
why-covered = Your dues are covered until { $day }, with the days of grace.
why-was-covered = Your dues were covered until { $day }, with the days of grace.
why-covered-by-parent = Your dues are covered by { $parent } until { $day }, as long as they are a member in good standing.
why-inducted = You have the induction for { $facility }, since { $day }.
why-not-inducted = You need an induction for { $facility }.
why-shut = It stays shut, since its records cannot be read.
why-stale = It has not heard of changes for days, and goes by a rule of its own until it does.
why-no-requirement = It is closed to everybody just now.
why-requirement = It asks for level { $needed }; yours is { $yours }.
why-until = This lasts until { $when }.
why-credential = { $kind } { $tag }
why-grant-counts = { $what } is for { $facility }.
why-grant-outranked = { $what } is for { $facility }, but another one counts more.
why-grant-elsewhere = { $what } is for { $facility }.
why-grant-ambiguous = { $what }: another member has the same one, so it opens nothing.
why-grant-expired = { $what } ended on { $when }.
why-grant-later = { $what } begins on { $when }.

# Profile: fobs, passcodes, inductions
kind-fob = Fob
kind-passcode = Passcode
held-title = Your fobs and passcodes
held-none = You have none yet.
held-ended = It opens nothing any more.
held-opens = Opens { $facilities }
lost-fob = I lost this fob
lost-passcode = Somebody else knows this passcode
lost-what = It opens nothing from this moment on. At the space you get a new one.
lost-go = End it now
inductions-title = Your inductions
inductions-none = You have none yet.
inductions-by = { $facility }, on { $day }, by { $by }
inductions-on = { $facility }, on { $day }
inductions-inductor = (you may induct others)

# Profile: notes, visits, letters, data
notes-title = For members only
notes-not-now = You see this again once your dues are paid.
visits-title = Your visits
visits-days = { $count ->
    [one] Only you and the people who run the space see them, you for one day.
   *[other] Only you and the people who run the space see them, you for { $count } days.
 }
visits-none = There are none.
visits-link = Show them
result-granted = opened
result-denied = stayed shut
result-exit = left
result-operated = operated
told-title = What we wrote to you
told-nothing = Nothing yet.
told-failed = (did not reach you)
notice-welcome = Welcome
notice-payment-received = Your payment
notice-payment-failed = Your dues could not be taken
notice-reminder = Reminder of your dues
notice-lapsed = Your dues are not covered any more
notice-nudge = Question about your dues
notice-dues-changed = Your dues have changed
notice-induction-recorded = Your induction
notice-credential-added = Your new fob or passcode
notice-credential-revoked = Your fob or passcode was taken back
notice-announcement = News
notice-review = Review of the month
chat-title = The chat
chat-what = To be known in the chat, send its app this command. The code is good until tomorrow, and for you alone.
chat-named = Other members are told your name there: when you join, and while you are in.
chat-not-named = Nobody is told your name there.
chat-named-change = Change this

data-title = Your data
data-what = Everything that the space holds about you, with every change, as a file.
data-download = Download it
data-too-often = You downloaded it several times just now. Please wait an hour.

# Leaving
leave-title = Leave the space
leave-what = You can leave on any day. Somebody of the space confirms it.
leave-on = The first day on which you are no longer a member
leave-paid = You have paid until { $day }.
leave-contact = { $count ->
    [one] Your address and what else is personal are removed a day after that.
   *[other] Your address and what else is personal are removed { $count } days after that.
 }
leave-payments = { $count ->
    [one] Your payments are removed when they are one day old.
   *[other] Your payments are removed when they are { $count } days old.
 }
leave-member = { $count ->
    [one] Everything else about you is removed a day after that.
   *[other] Everything else about you is removed { $count } days after that.
 }
leave-kept = The space has not said for how long it keeps what it knows about you: ask.
leave-go = Ask to leave
leave-link = Leave the space …
leave-asked = You asked to leave on { $day }. Until somebody confirms it, you remain a member.
leave-wrong = Please give a day from today on, within two years.

# Guests
guests-title = Guests
guests-off = This space has no passes for guests.
guests-intro = { $count ->
    [one] You can give a guest a passcode for an hour. What the guest does is in the journal under your name.
   *[other] You can give a guest a passcode for up to { $count } hours. What the guest does is in the journal under your name.
 }
guests-given = Passes that you have given out
guests-when = From { $from } until { $until }
guests-end = End it now
guests-new = A new pass
guests-facility = For
guests-day = Day
guests-time = From
guests-hours = Hours
guests-go = Give me a passcode
guests-passcode = The passcode:
guests-until = It works until { $until }.
guests-once = It is shown this once only. Tell it to your guest, and nobody else.
guests-wrong-time = Please give a day, a time and a number of hours.
guests-closed = This is not open to guests.
guests-child = Children cannot answer for guests: ask your parents.
guests-standing = Only members in good standing can have guests.
guests-over = That would be over before it begins.
guests-too-long = { $count ->
    [one] A pass lasts one hour at most.
   *[other] A pass lasts { $count } hours at most.
 }
guests-too-far = A pass can begin within two months.
guests-not-yours = You may not open this yourself for all of that time.
guests-too-many = { $count ->
    [one] You have given out one pass, which is all: end it first.
   *[other] You have given out { $count } passes, which is all: end one first.
 }

# Change of address
address-title = Confirm the new address
address-go = Confirm
address-half = Thank you. The change counts once the other address has confirmed it, too: there is a link in the mail there.
address-done = The new address counts from now on.
address-outdated = Your address was changed since. If you still want another one, ask for it again.
address-letter-subject = { $space }: your new e-mail address
address-letter-old = You want your letters to go to { $new }. Please confirm that with this link; it works once, for a day:
address-letter-new = You want your letters to come here. Please confirm that with this link; it works once, for a day:
address-letter-otherwise = If it was not you, do not follow the link, and tell somebody of the space.

# Edit me
edit-title = Change your data
edit-name = Name
edit-email = E-mail address
edit-email-hint = You confirm a new one with two links: one in your old mailbox, one in the new.
edit-phone = Phone
edit-address = Address
edit-born = Year and month of birth
edit-tier = Membership
edit-concession = Reason for reduced dues
edit-concession-hint = Leave it empty if there is none.
edit-chosen = Amount that you choose to pay a month
edit-chosen-hint = If you want to pay more than you owe; otherwise leave it empty.
edit-news = Send me news of the space
edit-named = Tell other members my name when I join or am in
edit-asks = Somebody of the space decides on a change.
edit-look = Show what will change
edit-cancel = Cancel
edit-go = Save
edit-back = Back to the form
edit-same = Nothing was different, so nothing was changed.
edit-at-once = Changes at once: { $fields }
edit-confirms = You get two mails. The new address counts once both links were followed.
edit-asked = Somebody of the space decides on: { $fields }
edit-waits = You asked for changes, and somebody of the space has yet to decide: { $fields }
edit-dues = Your dues
edit-dues-change = { $before } a month before, { $after } after it.
edit-dues-from = This counts for the time from { $day } on.
edit-wrong-text = This is too long ({ $count } characters at most), or has characters that cannot be shown.
edit-wrong-name = The name is missing.
edit-wrong-email = This is not a valid e-mail address.
edit-wrong-born = Please write a year and a month that have passed, like 1980-01.
edit-wrong-tier = This membership cannot be chosen.
edit-wrong-amount = This is not a valid amount.
edit-wrong-low = This is less than your dues of { $dues }.
edit-wrong-concession = This membership has no reduced dues.
edit-wrong-free = This membership owes no dues, so there is nothing to pay more than.
edit-refused = The records do not allow this. Please ask somebody of the space.
to-the-field = To the field
field-name = name
field-email = e-mail address
field-phone = phone
field-address = address
field-born = birth
field-tier = membership
field-concession = reduced dues
field-chosen-amount = chosen amount
field-news = news
field-named = being named to other members

# How dues come about
dues-month = a month
dues-year = or a year at once
dues-part-nothing = nothing is owed
dues-part-price = the membership
dues-part-children = further children
dues-part-concession = reduced by half
dues-part-minimum = up to the minimum
dues-part-chosen = up to what you chose
