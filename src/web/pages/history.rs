//! Who changed what, and the way to undo it.

use axum::extract::{Path, Query};
use maud::html;
use serde::Deserialize;

use super::{
    forms::{preview, undo},
    frame::{Frame, Shown},
    link, table,
};
use crate::{
    app::{
        AppError,
        carry_out::FilePreview,
        change_scope,
        view::{ChangeView, View as _, local},
        zone,
    },
    config::Role,
    domain::{
        model::{CommitId, RecordPath},
        records,
    },
    store::{
        Store,
        history::{LogScope, Query as Log},
    },
    web::fields::Fields,
};

/// How many changes a page has.
const COUNT: usize = 50;

/// What to show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// A member, a facility, a tag or the path of a record.
    about: String,
    /// A part of the author's name or e-mail address.
    by: String,
    /// The commit to begin with.
    from: String,
}

/// Lists changes, the newest first.
pub(super) async fn page(frame: Frame, Query(wanted): Query<Wanted>) -> Shown {
    if !frame.may(Role::Desk) {
        return Err(frame.refuse("Your login may not see the history: ask an admin."));
    }
    let sent = wanted.clone();
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let zone = zone::or_utc(&head);
        let given = |text: &str| Some(text.trim().to_owned()).filter(|it| !it.is_empty());
        let about = match given(&sent.about) {
            Some(text) => change_scope::of(&head, &text)?,
            None => LogScope::Everything,
        };
        let to = given(&sent.from).map(|it| site.store.resolve(&it)).transpose()?;
        let query = Log { to, about, author: given(&sent.by), limit: Some(COUNT + 1), ..Log::default() };
        let entries = site.store.log(&query)?.into_iter();
        let rows = entries.map(|it| ChangeView::new(it, Vec::new(), &head, &zone));
        Ok(rows.collect::<Vec<_>>())
    });
    let mut rows = worked.await.map_err(|error| frame.fail(&error))?;
    let older = rows.get(COUNT).map(|it| it.commit.to_string());
    rows.truncate(COUNT);
    let mut fields = Fields::default();
    fields.set("about", &wanted.about);
    fields.set("by", &wanted.by);
    let content = html! {
        form.filters method="get" action="/history" {
            div { (fields.line("about", "About", "a member, a facility or a tag")) }
            div { (fields.line("by", "By", "a name or an e-mail address")) }
            button { "Show" }
        }
        (table::linked(&rows, ChangeView::COLUMNS, ChangeView::EMPTY, |row, heading| {
            (heading == "COMMIT").then(|| format!("/history/{}", row.commit))
        }))
        nav.buttons aria-label="More" {
            @if let Some(older) = &older {
                @let params = [("about", &*wanted.about), ("by", &*wanted.by), ("from", older)];
                a.button.quiet href=(link::to("/history", &params)) { "Older" }
            }
            @if frame.may(Role::Admin) { a href="/reveals" { "Who looked at personal data" } }
        }
    };
    Ok(frame.page("History", &content))
}

/// Shows a change: the files before and after it.
pub(super) async fn change(frame: Frame, Path(commit): Path<String>) -> Shown {
    if !frame.may(Role::Desk) {
        return Err(frame.refuse("Your login may not see the history: ask an admin."));
    }
    let worked = frame.site.work(move |site| {
        let commit = site.store.resolve(&commit)?;
        let entry = site.store.log_entry(commit)?;
        let head = site.store.read(site.store.head()?)?;
        let files = files(&site.store, commit)?;
        Ok(html! {
            p { strong { (records::in_words(&head, &entry.subject)) } }
            p.faint {
                "Commit " code { (commit.short()) } ", by " (entry.author.name) ", "
                (local(entry.time, &zone::or_utc(&head)))
            }
            div.buttons { (undo::button(commit, "/history")) }
            @for it in &files {
                @match it {
                    Changed::Shown(file) => (preview::diff(file)),
                    Changed::Named(path) => h2 { code { (path) } },
                    Changed::Personal(path) => {
                        h2 { code { (path) } }
                        p.faint { "Personal data, which is not shown here." }
                    },
                }
            }
        })
    });
    let content = worked.await.map_err(|error| frame.fail(&error))?;
    Ok(frame.page("A change", &content))
}

/// A file that a commit changed.
enum Changed {
    /// How it changed.
    Shown(FilePreview),
    /// It is not a record.
    Named(String),
    /// Only who gives a reason sees it.
    Personal(String),
}

/// The maximum number of files of a change that are shown.
const FILES: usize = 50;

fn files(store: &Store, commit: CommitId) -> Result<Vec<Changed>, AppError> {
    let after = store.read(commit)?;
    // The first commit has no parent.
    let parent = store.resolve(&format!("{commit}^")).ok();
    let before = parent.map(|it| store.read(it)).transpose()?;
    let file = |path: String| match RecordPath::of(&path) {
        Ok(Some(RecordPath::Contact(_))) => Changed::Personal(path),
        Ok(Some(record)) => Changed::Shown(FilePreview {
            before: before.as_ref().and_then(|it| it.bytes(&record)).unwrap_or_default(),
            after: after.bytes(&record).unwrap_or_default(),
            path,
        }),
        _ => Changed::Named(path),
    };
    let changed = store.changed_by(commit)?.into_iter().take(FILES);
    Ok(changed.map(|it| file(it.path)).collect())
}
