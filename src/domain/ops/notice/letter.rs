//! Writes the letter to a member about one occasion or several.

use jiff::civil::Date;
use serde_json::Value;

use super::{Unsent, facts};
use crate::domain::{
    model::{
        Contact, Language, MemberId, NoticeKind, Record, RecordPath, TemplateForm, email, text,
    },
    notices::{
        AlarmFacts, Facts, Letter, Occasion, RenderedNotice, TemplateError, Words, joined,
        text as defaults,
    },
    ops::look_up,
    records::Records,
};

/// Writes one letter about all these occasions, from the templates of the space, or else the
/// built-in ones.
///
/// For a child without an address it goes to the parent's.
///
/// # Errors
/// Returns why there is no letter.
pub fn letter(
    records: &dyn Records,
    id: MemberId,
    occasions: &[Occasion],
    today: Date,
) -> Result<Letter, Unsent> {
    let mut letters = Vec::new();
    let language = language(records, id);
    for occasion in occasions {
        let kind = occasion.kind;
        let words = words(records, kind, language).map_err(|it| Unsent::Template(kind, it))?;
        letters.push(letter_in(&words, records, id, occasion, today)?);
    }
    let keys: Vec<String> = letters.iter().map(|letter| letter.key.clone()).collect();
    let to = letters.first().map(|letter| letter.to.clone()).ok_or(Unsent::NotAsked)?;
    let parts = letters.into_iter().map(|it| RenderedNotice {
        subject: it.subject,
        text: it.text,
        html: it.html,
    });
    let kind = occasions.first().map_or(NoticeKind::Welcome, |occasion| occasion.kind);
    let joined =
        joined(parts.collect(), language).map_err(|error| Unsent::Template(kind, error))?;
    let RenderedNotice { subject, text, html } = joined;
    Ok(Letter { to, subject, text, html, key: key(&keys) })
}

/// Returns the key of a letter from those of its parts; the same parts always have the same.
fn key(parts: &[String]) -> String {
    match parts {
        [only] => only.clone(),
        [first, others @ ..] => {
            let hash = blake3::hash(others.join("\n").as_bytes()).to_hex();
            format!("{first}.and.{}", &hash[..8])
        }
        [] => String::new(),
    }
}

/// Writes a letter from this template.
///
/// # Errors
/// Returns why there is no letter.
pub fn letter_in(
    words: &Words,
    records: &dyn Records,
    id: MemberId,
    occasion: &Occasion,
    today: Date,
) -> Result<Letter, Unsent> {
    let kind = occasion.kind;
    let member = look_up::member(records, id).map_err(Unsent::Refused)?;
    let parent = || contact(records, member.parent?);
    let address = addressee(kind, &member.name, contact(records, id), parent)?;
    let facts = facts_for(records, id, occasion, today)?;
    let rendered = words.render(&facts).map_err(|error| Unsent::Template(kind, error))?;
    Ok(Letter {
        to: (member.name, address),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        key: format!("{id}.{kind}.{}", occasion.key),
    })
}

/// Gathers the facts for a member, in their language.
///
/// # Errors
/// Returns why they cannot be gathered.
pub(super) fn facts_for(
    records: &dyn Records,
    id: MemberId,
    occasion: &Occasion,
    today: Date,
) -> Result<Facts, Unsent> {
    let mut facts = facts::facts(records, id, occasion, today).map_err(Unsent::Refused)?;
    let language = language(records, id);
    if language != facts.space.language {
        // The settings say how days are written in the language of the space.
        (facts.space.language, facts.space.day_form) = (language, None);
    }
    Ok(facts)
}

/// Writes a month's review to one of the directors.
///
/// # Errors
/// Returns why there is no letter.
pub fn review_letter(
    records: &dyn Records,
    address: &str,
    review: &Value,
    occasion: &str,
    today: Date,
) -> Result<Letter, Unsent> {
    let space = look_up::space(records).map_err(Unsent::Refused)?;
    let facts = Facts { review: Some(review.clone()), ..facts::of_space(&space, today) };
    to_address(records, NoticeKind::Review, (space.name, address), occasion, &facts)
}

/// Writes about an alarm of the building to one address.
///
/// # Errors
/// Returns why there is no letter.
pub fn alarm_letter(
    records: &dyn Records,
    address: &str,
    alarm: AlarmFacts,
    today: Date,
) -> Result<Letter, Unsent> {
    let space = look_up::space(records).map_err(Unsent::Refused)?;
    let key = format!("{}.{}.{}", alarm.kind, alarm.since, alarm.over);
    let facts = Facts { alarm: Some(alarm), ..facts::of_space(&space, today) };
    to_address(records, NoticeKind::Alarm, (space.name, address), &key, &facts)
}

/// Writes a letter that is not for a member.
fn to_address(
    records: &dyn Records,
    kind: NoticeKind,
    (space, address): (String, &str),
    occasion: &str,
    facts: &Facts,
) -> Result<Letter, Unsent> {
    if !email::is_address(address) {
        return Err(Unsent::NoAddress);
    }
    let rendered = words(records, kind, facts.space.language).and_then(|words| words.render(facts));
    let rendered = rendered.map_err(|error| Unsent::Template(kind, error))?;
    Ok(Letter {
        to: (space, address.to_owned()),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        key: format!("{kind}.{occasion}"),
    })
}

/// Returns the language of letters to a member: their own, or that of the space.
#[must_use]
pub fn language(records: &dyn Records, id: MemberId) -> Language {
    let own = contact(records, id).and_then(|it| it.language);
    own.or_else(|| Some(look_up::space(records).ok()?.language)).unwrap_or_default()
}

/// Returns the space's template for a kind of notice in a language, or else the built-in one. A
/// template that names no language is in that of the space; announcements have no other.
///
/// # Errors
/// Returns what is wrong if there is no usable template.
pub fn words(
    records: &dyn Records,
    kind: NoticeKind,
    language: Language,
) -> Result<Words, TemplateError> {
    let of_space = look_up::space(records).map(|it| it.language).unwrap_or_default();
    let has_built_in = defaults(kind, language).is_some();
    let own = |form| match records.record(&RecordPath::TranslatedTemplate(language, kind, form)) {
        Some(Record::TranslatedTemplate(template)) => Some(template.0),
        _ => None,
    };
    let plain = |form| match records.record(&RecordPath::Template(kind, form)) {
        Some(Record::Template(template)) if language == of_space || !has_built_in => {
            Some(template.0)
        }
        _ => None,
    };
    // Both forms are from one place, so that they say the same.
    let [text, html] = [TemplateForm::Text, TemplateForm::Html].map(own);
    if text.is_some() || html.is_some() {
        return Words::new((kind, language), text, html);
    }
    let [text, html] = [TemplateForm::Text, TemplateForm::Html].map(plain);
    Words::new((kind, language), text, html)
}

fn contact(records: &dyn Records, id: MemberId) -> Option<Contact> {
    match records.record(&RecordPath::Contact(id)) {
        Some(Record::Contact(contact)) => Some(contact),
        _ => None,
    }
}

/// Returns the address that a notice of a kind goes to: the member's own, or the parent's.
///
/// An invalid address counts as missing, so that it cannot break a header.
///
/// # Errors
/// Returns why there is no address.
pub fn addressee(
    kind: NoticeKind,
    name: &str,
    own: Option<Contact>,
    parent: impl FnOnce() -> Option<Contact>,
) -> Result<String, Unsent> {
    if let Some(complaint) = text::complaint(name) {
        return Err(Unsent::BadName(complaint));
    }
    if !kind.is_about_membership() && !own.as_ref().is_some_and(|it| it.news) {
        return Err(Unsent::NotAsked);
    }
    let usable = |contact: Contact| contact.email.filter(|it| email::is_address(it));
    own.and_then(usable).or_else(|| parent().and_then(usable)).ok_or(Unsent::NoAddress)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Template,
        notices::OccasionDetail,
        ops::{
            Field,
            fixture::{day, id, newcomer, run, space},
            member as members, payment,
        },
        records::Catalogue,
    };

    fn with_mail() -> Catalogue {
        let mut all = space();
        let edit = members::Edit {
            email: Field::Set("ada@example.org".into()),
            paid_until: Field::Set(day("2026-03-01")),
            ..members::Edit::default()
        };
        run(&mut all, |all| members::edit(all, id(1), edit));
        all
    }

    fn reminder() -> Occasion {
        let about = OccasionDetail::Step { step: 3, steps: 3 };
        Occasion { kind: NoticeKind::Reminder, key: "2026-03-01/3".into(), about }
    }

    fn written(all: &Catalogue, number: u64, occasion: &Occasion) -> Result<Letter, Unsent> {
        letter(all, id(number), std::slice::from_ref(occasion), day("2026-03-11"))
    }

    #[test]
    fn what_is_due_on_one_day_is_one_letter() {
        let all = with_mail();
        let induction = look_up::induction(&all, id(1), &"laser".parse().unwrap()).unwrap();
        let about = OccasionDetail::Induction("laser".parse().unwrap(), induction);
        let inducted = Occasion { about, ..Occasion::of(NoticeKind::InductionRecorded, "laser") };
        let evening = [Occasion::of(NoticeKind::Welcome, "2026-03-11"), inducted];
        let one = letter(&all, id(1), &evening, day("2026-03-11")).unwrap();
        assert_eq!(one.text.matches("Hello Ada Lovelace,").count(), 1, "{}", one.text);
        assert!(one.text.contains("Welcome to Testspace!"), "{}", one.text);
        assert!(
            one.text.contains("your induction on 1 February 2026: laser")
                || one.text.contains("Your induction on 1 February 2026"),
            "{}",
            one.text
        );
        assert!(one.text.ends_with("\n\nSee you at the space!\nTestspace\n"), "{}", one.text);
        assert!(one.key.starts_with("0001.welcome.2026-03-11.and."), "{}", one.key);
        assert_eq!(letter(&all, id(1), &evening, day("2026-03-11")).unwrap().key, one.key);
        assert_ne!(written(&all, 1, &evening[0]).unwrap().key, one.key);
    }

    #[test]
    fn a_reminder_says_what_is_owed() {
        let letter = written(&with_mail(), 1, &reminder()).unwrap();
        assert_eq!(letter.to, ("Ada Lovelace".into(), "ada@example.org".into()));
        assert!(letter.subject.starts_with("Last reminder"), "{}", letter.subject);
        assert!(letter.text.contains("£20.00 a month"), "{}", letter.text);
        assert!(letter.text.contains("paid until 1 March 2026"), "{}", letter.text);
        assert!(letter.text.contains("SM0001"), "{}", letter.text);
        assert_eq!(letter.key, "0001.reminder.2026-03-01/3");
    }

    #[test]
    fn every_occasion_has_its_letter() {
        let all = with_mail();
        let induction = look_up::induction(&all, id(1), &"laser".parse().unwrap()).unwrap();
        let dues = OccasionDetail::Dues { before: 2000, after: 2500 };
        for (kind, about) in [
            (NoticeKind::Welcome, OccasionDetail::Membership),
            (NoticeKind::Lapsed, OccasionDetail::Membership),
            (NoticeKind::Nudge, OccasionDetail::Membership),
            (NoticeKind::DuesChanged, dues),
            (
                NoticeKind::InductionRecorded,
                OccasionDetail::Induction("laser".parse().unwrap(), induction),
            ),
        ] {
            let letter = written(&all, 1, &Occasion { about, ..Occasion::of(kind, "x") });
            assert!(letter.is_ok(), "{letter:?}");
        }
    }

    #[test]
    fn months_that_are_a_gift_are_not_called_a_payment() {
        let mut all = with_mail();
        let gift = payment::Add {
            member: id(1),
            id: "x1".parse().unwrap(),
            date: day("2026-03-01"),
            amount: 0,
            months: Some(2),
            text: String::new(),
            source: None,
        };
        run(&mut all, |all| payment::add(all, gift));
        let about = OccasionDetail::Payment { first: true, from: day("2026-03-01") };
        let given =
            Occasion { about, ..Occasion::of(NoticeKind::PaymentReceived, "2026-03-01-x1") };
        let letter = written(&all, 1, &given).unwrap();
        assert_eq!(letter.subject, "A gift from Testspace");
        assert!(
            letter.text.contains("2 months at Testspace are a gift to you."),
            "{}",
            letter.text
        );
        assert!(!letter.text.contains("£0.00"), "{}", letter.text);
    }

    #[test]
    fn only_a_child_is_written_to_at_the_parents_address() {
        let mut all = with_mail();
        let child = members::Add { parent: Some(id(1)), ..newcomer(44, "Byron King") };
        run(&mut all, |all| members::add(all, child));
        let welcome = Occasion::of(NoticeKind::Welcome, "2026-01-01");
        let letter = written(&all, 44, &welcome).unwrap();
        assert_eq!(letter.to, ("Byron King".into(), "ada@example.org".into()));
        assert_eq!(written(&all, 2, &welcome), Err(Unsent::NoAddress));
    }

    #[test]
    fn announcements_are_for_members_who_asked() {
        let mut all = with_mail();
        let news = Occasion::of(NoticeKind::Announcement, "open-day");
        let words = "Subject: News\n\nHello {{ member.name }}\n";
        let path = RecordPath::Template(NoticeKind::Announcement, TemplateForm::Text);
        all.insert(path, Record::Template(Template(words.into())));
        assert_eq!(written(&all, 1, &news), Err(Unsent::NotAsked));
        let edit = members::Edit { news: Some(true), ..members::Edit::default() };
        run(&mut all, |all| members::edit(all, id(1), edit));
        assert_eq!(written(&all, 1, &news).unwrap().text, "Hello Ada Lovelace\n");
    }

    #[test]
    fn no_header_contains_a_line_break() {
        let mut all = with_mail();
        let mut ada = look_up::member(&all, id(1)).unwrap();
        ada.name = "Ada\r\nBcc: everybody@example.org".into();
        all.insert(RecordPath::Member(id(1)), Record::Member(ada));
        assert!(matches!(written(&all, 1, &reminder()), Err(Unsent::BadName(_))));
        let mut all = with_mail();
        let contact = Contact {
            email: Some("a@example.org\nBcc: b@example.org".into()),
            ..Contact::default()
        };
        all.insert(RecordPath::Contact(id(1)), Record::Contact(contact));
        assert_eq!(written(&all, 1, &reminder()), Err(Unsent::NoAddress));
    }

    #[test]
    fn a_broken_template_is_reported_and_nothing_is_sent() {
        let mut all = with_mail();
        let words = Template("Subject: x\n\n{{ dues.amuont }}\n".into());
        all.insert(
            RecordPath::Template(NoticeKind::Reminder, TemplateForm::Text),
            Record::Template(words),
        );
        let error = written(&all, 1, &reminder()).unwrap_err().to_string();
        assert!(error.starts_with("templates/reminder.txt:3:4: `dues.amuont`"), "{error}");
    }
}
