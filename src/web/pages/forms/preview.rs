//! What a change will do: in words, and file by file for whoever wants to see that.

use maud::{Markup, html};
use similar::{ChangeTag, TextDiff};

use crate::{
    app::carry_out::{self, FilePreview, Preview},
    domain::{
        model::{RecordPath, Severity},
        ops::Plan,
    },
    store::Revision,
    web::{Site, pages::next_step::next_step},
};

/// Shows a change before it is made.
pub(in crate::web::pages) fn markup(site: &Site, base: &Revision<'_>, plan: &Plan, preview: &Preview) -> Markup {
    html! {
        div.note {
            p { "This will be done: " strong { (carry_out::in_words(base, &plan.change)) } }
        }
        @for finding in &preview.findings {
            p.note.warn[finding.severity == Severity::Warning] { (finding) }
        }
        @for note in &plan.notes {
            p.note {
                (note.text)
                @if let Some(advice) = &note.advice { ": " (next_step(site, advice)) }
            }
        }
        @if preview.files.is_empty() { p.note { "Nothing would change." } }
        details {
            summary { "The files that change (" (preview.files.len()) ")" }
            @for file in &preview.files { (diff(file)) }
        }
    }
}

/// Shows how a file changes.
pub(in crate::web::pages) fn diff(file: &FilePreview) -> Markup {
    let (before, after) =
        (String::from_utf8_lossy(&file.before), String::from_utf8_lossy(&file.after));
    let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
    // Whoever wants to see what is known of somebody gives a reason.
    let is_personal = matches!(RecordPath::of(&file.path), Ok(Some(RecordPath::Contact(_))));
    html! {
        h2 { code { (file.path) } }
        @if is_personal {
            p.hint { "Personal data are not shown here." }
        } @else {
            pre tabindex="0" {
                @for change in diff.iter_all_changes() {
                    @let line = change.value().trim_end_matches('\n');
                    @match change.tag() {
                        ChangeTag::Insert => span.add { "+ " (line) "\n" },
                        ChangeTag::Delete => span.gone { "- " (line) "\n" },
                        ChangeTag::Equal => span { "  " (line) "\n" },
                    }
                }
            }
        }
    }
}
