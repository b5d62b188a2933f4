//! Checks of the notices sent, and of their templates.

use super::finding_collector::FindingCollector;
use crate::domain::{
    model::{
        FindingCode, Language, Notice, NoticeKind, Record, RecordPath, Template, TemplateForm,
    },
    notices::{Facts, Words},
};

pub(super) fn check(notice: &Notice, findings: &mut FindingCollector<'_>) {
    for sent in &notice.told {
        findings.text("told.occasion", &sent.occasion);
        findings.optional_text("told.failed", sent.failed.as_deref());
    }
}

/// Fills in a template with an example; the two forms of a kind are checked together.
pub(super) fn template(
    language: Option<Language>,
    (kind, form): (NoticeKind, TemplateForm),
    template: &Template,
    findings: &mut FindingCollector<'_>,
) {
    let path = |form| match language {
        Some(language) => RecordPath::TranslatedTemplate(language, kind, form),
        None => RecordPath::Template(kind, form),
    };
    let other = |form| match findings.records.record(&path(form)) {
        Some(Record::Template(it) | Record::TranslatedTemplate(it)) => Some(it.0),
        _ => None,
    };
    let own = || Some(template.0.clone());
    let (text, html) = match form {
        TemplateForm::Text => (own(), None),
        TemplateForm::Html => (other(TemplateForm::Text), own()),
    };
    let rendered = Words::new((kind, language.unwrap_or_default()), text, html)
        .and_then(|words| words.render(&Facts::sample(kind)));
    if let Err(error) = rendered
        && error.form == form
    {
        findings.error_at(FindingCode::BadTemplate, error.at, error.note);
    }
}
