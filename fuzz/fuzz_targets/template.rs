//! Any text as the template of a notice: `cargo +nightly fuzz run template`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::domain::{
    model::NoticeKind,
    notices::{Facts, Words},
};

fuzz_target!(|input: (u8, bool, &str)| {
    let (kind, html, text) = input;
    let kind = NoticeKind::ALL[usize::from(kind) % NoticeKind::ALL.len()];
    let facts = Facts::sample(kind);
    // As text, as HTML, and after a subject.
    let behind = format!("Subject: a\n\n{text}");
    let words = match html {
        true => Words::new(kind, Some(behind), Some(text.to_owned())),
        false => Words::new(kind, Some(behind), None),
    };
    let whole = Words::new(kind, Some(text.to_owned()), None);
    for words in [words, whole].into_iter().flatten() {
        match words.render(&facts) {
            Ok(letter) => assert!(!letter.subject.contains(|c: char| c.is_control())),
            Err(error) => {
                let lines = text.split('\n').count() + 2;
                assert!(error.at.is_none_or(|(line, _)| line as usize <= lines));
                assert!(!error.note.text.contains('\n'), "{}", error.note.text);
            }
        }
    }
});
