//! Checks of the notices sent, and of their templates.

use super::finding_collector::FindingCollector;
use crate::domain::{
    model::{FindingCode, Notice, NoticeKind, Record, RecordPath, Template, TemplateForm},
    notices::{Facts, Words},
};

pub(super) fn check(notice: &Notice, notes: &mut FindingCollector<'_>) {
    for told in &notice.told {
        notes.text("told.occasion", &told.occasion);
        notes.optional_text("told.failed", told.failed.as_deref());
    }
}

/// Fills in a template with an example; the two forms of a kind are checked together.
pub(super) fn template(
    kind: NoticeKind,
    form: TemplateForm,
    template: &Template,
    notes: &mut FindingCollector<'_>,
) {
    let other = |form| match notes.all.record(&RecordPath::Template(kind, form)) {
        Some(Record::Template(it)) => Some(it.0),
        _ => None,
    };
    let own = || Some(template.0.clone());
    let (text, html) = match form {
        TemplateForm::Text => (own(), None),
        TemplateForm::Html => (other(TemplateForm::Text), own()),
    };
    let said = Words::new(kind, text, html).and_then(|words| words.say(&Facts::sample(kind)));
    if let Err(trouble) = said
        && trouble.form == form
    {
        notes.error_at(FindingCode::BadTemplate, trouble.at, trouble.note);
    }
}
