//! Writes what somebody is told in a chat.

use jiff::civil::Date;

use super::{
    Unsent,
    letter::{facts_for, words},
};
use crate::domain::{
    model::MemberId,
    notices::{Facts, Occasion},
    records::Records,
};

/// Writes what a member is told about an occasion in a chat, in their language: the text of the letter,
/// which may say something else there (`{% if chat %}`).
///
/// # Errors
/// Returns why there is none.
pub fn chat_text(
    records: &dyn Records,
    id: MemberId,
    occasion: &Occasion,
    today: Date,
) -> Result<String, Unsent> {
    let kind = occasion.kind;
    let facts = Facts { chat: true, ..facts_for(records, id, occasion, today)? };
    let words = words(records, kind, facts.space.language);
    let rendered = words.and_then(|words| words.render(&facts));
    let rendered = rendered.map_err(|error| Unsent::Template(kind, error))?;
    Ok(rendered.text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::{Contact, Language, NoticeKind, Record, RecordPath, Template, TemplateForm},
        notices::OccasionDetail,
        ops::{
            Field,
            fixture::{day, id, run, space},
            member,
        },
    };

    fn last(kind: NoticeKind) -> Occasion {
        let about = OccasionDetail::Step { step: 3, steps: 3 };
        Occasion { about, ..Occasion::of(kind, "2026-03-01.3") }
    }

    #[test]
    fn a_reminder_is_in_the_language_and_the_words_of_the_letter_and_needs_no_address() {
        let mut all = space();
        let edit =
            member::Edit { paid_until: Field::Set(day("2026-03-01")), ..member::Edit::default() };
        run(&mut all, |all| member::edit(all, id(1), edit));
        let contact = Contact { language: Some(Language::German), ..Contact::default() };
        all.insert(RecordPath::Contact(id(1)), Record::Contact(contact));
        let said = |kind| chat_text(&all, id(1), &last(kind), day("2026-03-09")).unwrap();
        let text = said(NoticeKind::Reminder);
        assert!(text.starts_with("Hallo Ada Lovelace,") && text.contains("SM0001"), "{text}");
        assert!(text.contains("sag uns bitte Bescheid") && !text.contains("antworte"), "{text}");
        let text = said(NoticeKind::Lapsed);
        assert!(text.contains("Die Türen öffnen sich nicht mehr"), "{text}");
        assert!(!text.contains("Antwort"), "{text}");

        // The space's own words, also those that are for the chat alone.
        let path = RecordPath::TranslatedTemplate(
            Language::German,
            NoticeKind::Reminder,
            TemplateForm::Text,
        );
        let own = "Subject: x\n{% if chat %}Psst{% endif %} {{ cover.paid_until | day }}\n";
        all.insert(path, Record::TranslatedTemplate(Template(own.to_owned())));
        let text = chat_text(&all, id(1), &last(NoticeKind::Reminder), day("2026-03-09"));
        assert_eq!(text.unwrap(), "Psst 1.3.2026");
    }
}
