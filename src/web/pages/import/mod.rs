//! The treasurer's bank statements: sent, shown line by line, and only then imported.

mod past;
mod walk;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use super::{
    forms::done_page,
    frame::{Frame, Instead},
    next_step::next_step,
    table,
};
use crate::{
    app::{
        AppError, carry_out, look_up,
        payment::{
            ImportedLine, Waiting,
            import::{self, StatementFile, TableOptions},
        },
        view::{self, Column},
    },
    config::Role,
    domain::{
        model::{CommitId, Money, Note},
        money::Currency,
        ops::payment::Import,
        payments::LineTotal,
    },
    store::Revision,
    web::{Event, Site, answer, fields::Fields},
};
use past::Past;

/// Its address.
const PATH: &str = "/payments/import";

/// The maximum size of everything that is sent, in bytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The most lines of a kind that are shown: a page must stay small.
const MOST_LINES: usize = 200;

const CREDITED: &[Column<ImportedLine>] = &[
    Column::new("DATE", |row: &ImportedLine| view::maybe(row.date)),
    Column::new("AMOUNT", |row| view::maybe(row.amount)),
    Column::new("CREDITED", |row| view::plain(&row.who)),
    Column::new("MONTHS", |row| view::maybe(row.months)),
    Column::new("PAID UNTIL", |row| view::maybe(row.paid_until)),
    Column::new("HOW", |row| view::plain(row.why.as_deref().unwrap_or("by the reference"))),
];

const OTHERS: &[Column<ImportedLine>] = &[
    Column::new("DATE", |row: &ImportedLine| view::maybe(row.date)),
    Column::new("AMOUNT", |row| view::maybe(row.amount)),
    Column::new("TEXT", |row| view::maybe(row.text.as_ref())),
    Column::new("WHY", |row| view::maybe(row.why.as_ref())),
    Column::new("LINE", |row| view::plain(row.place())),
];

/// Returns the pages of an import.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(PATH, get(form).post(upload))
        .route(walk::PATH, post(walk::page))
        .route("/payments/import/commit", post(commit))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// Shows the form.
async fn form(frame: Frame) -> Response {
    if !frame.may(Role::Admin) {
        return not_allowed(&frame).into_response();
    }
    frame.page("Import a bank statement", &inputs()).into_response()
}

/// Takes files, and shows what would become of each line.
async fn upload(frame: Frame, sent: Multipart) -> Response {
    if !frame.may(Role::Admin) {
        return not_allowed(&frame).into_response();
    }
    let files = match files(sent).await {
        Ok(files) => files,
        Err(error) => return again(&frame, &error),
    };
    let kept = frame.site.uploads().keep(&frame.visitor.login, files.clone(), frame.site.now());
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let plan = StatementPlan::of(site, &head, files)?;
        carry_out::preview(&head, &plan.import.plan)?;
        let waiting = Waiting::of(&plan.lines).len();
        let nothing = plan.import.plan.change.edits.is_empty();
        Ok((plan.markup(site), nothing, waiting, head.id()))
    });
    match worked.await {
        Ok((shown, nothing, waiting, base)) => {
            let content = html! {
                (shown)
                @if nothing { p.note { "There is nothing to write: all of it is known." } }
                @else {
                    @if waiting > 0 { (walk::begin(&kept, base, waiting)) }
                    (agree(&kept, base, &Past::default()))
                }
            };
            frame.page("Import a bank statement", &content).into_response()
        }
        Err(error) => again(&frame, &error),
    }
}

/// Imports what was shown, on the records that were seen.
async fn commit(frame: Frame, fields: Fields) -> Response {
    if !frame.may(Role::Admin) {
        return not_allowed(&frame).into_response();
    }
    let kept = fields.text("upload").to_owned();
    let files = frame.site.uploads().get(&frame.visitor.login, &kept, frame.site.now());
    let Some(files) = files else {
        let error = AppError::user("the files are no longer here: send them again");
        return again(&frame, &error);
    };
    let visitor = frame.visitor.clone();
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.resolve(fields.text("base"))?)?;
        let plan = StatementPlan::of(site, &head, files)?;
        let plan = Past::of(&fields).decide(&head, &plan)?.plan();
        let done = carry_out::carry_out_as(&head, &plan, &visitor.author, site.now())?;
        let (by, subject) = (visitor.login.clone(), plan.change.subject.to_string());
        site.tell(&Event::Changed { by, subject, commit: done.commit });
        Ok(done.commit)
    });
    match worked.await {
        Ok(commit) => {
            frame.site.uploads().forget(&kept);
            Instead::see(&done_page(commit, "/payments")).into_response()
        }
        Err(error) => again(&frame, &error),
    }
}

/// What would become of the lines.
struct StatementPlan {
    lines: Vec<ImportedLine>,
    warnings: Vec<String>,
    import: Import,
    notes: Vec<Note>,
    currency: Currency,
}

impl StatementPlan {
    fn of(site: &Site, head: &Revision<'_>, files: Vec<StatementFile>) -> Result<Self, AppError> {
        let (statements, notes) = import::statements(head, files, TableOptions::default())?;
        let import = import::plan(head, &statements, site.now())?;
        let currency = look_up::currency(head)?;
        let outcomes = import.lines.outcomes.iter();
        let lines = outcomes.map(|it| ImportedLine::new(&statements, &import, it, &currency));
        Ok(Self {
            lines: lines.collect(),
            warnings: statements.iter().flat_map(|it| it.warnings.iter().cloned()).collect(),
            import,
            notes,
            currency,
        })
    }

    fn markup(&self, site: &Site) -> Markup {
        let some = |fate: &str| -> Vec<ImportedLine> {
            let wanted =
                |row: &&ImportedLine| row.fate == fate && row.reason != Some("not-a-credit");
            self.lines.iter().filter(wanted).take(MOST_LINES).cloned().collect()
        };
        let totals = &self.import.lines.totals;
        let part = |share: LineTotal, what: &str| {
            let sum = Money::try_from(share.money).map(|it| self.currency.amount(it).to_string());
            let sum = sum.unwrap_or_else(|_| format!("{} minor units", share.money));
            html! { li { (share.lines) " " (what) " (" (sum) ")" } }
        };
        html! {
            div.note {
                ul {
                    (part(totals.all, "lines in all"))
                    (part(totals.credited, "credited to members"))
                    (part(totals.known, "known from an earlier import"))
                    (part(totals.unmatched, "kept aside, to be decided by hand"))
                    (part(totals.ignored, "ignored"))
                }
            }
            @for warning in &self.warnings { p.note.warn { (warning) } }
            @for note in self.notes.iter().chain(&self.import.plan.notes) {
                p.note { (note.text) @if let Some(it) = &note.advice { ": " (next_step(site, it)) } }
            }
            h2 { "Credited" }
            (table::columns(&some("credited"), CREDITED, "no line is credited to anybody"))
            h2 { "Kept aside" }
            (table::columns(&some("unmatched"), OTHERS, "no line is kept aside"))
            h2 { "Ignored" }
            (table::columns(&some("ignored"), OTHERS, "no line is ignored"))
            @if self.lines.len() > MOST_LINES {
                p.faint { "At most " (MOST_LINES) " lines of each kind are shown." }
            }
        }
    }
}

fn inputs() -> Markup {
    html! {
        form method="post" action=(PATH) enctype="multipart/form-data" {
            label for="statement" { "Statement files" }
            input type="file" id="statement" name="statement" multiple required
                aria-describedby="statement-hint";
            p.hint id="statement-hint" {
                "OFX, CAMT, or a table (CSV) of a bank that is known; also in a ZIP archive."
            }
            div.buttons {
                button { "Show what will change" }
                a.button.quiet href="/payments" { "Cancel" }
            }
        }
    }
}

/// Asks whether to import, with what was answered about single transactions.
fn agree(kept: &str, base: CommitId, past: &Past) -> Markup {
    html! {
        form.buttons method="post" action="/payments/import/commit" {
            input type="hidden" name="upload" value=(kept);
            input type="hidden" name="base" value=(base);
            (past.hidden())
            button { "Import these transactions" }
            a.button.quiet href=(PATH) { "Other files" }
        }
    }
}

fn again(frame: &Frame, error: &AppError) -> Response {
    let content = html! { (frame.trouble(error)) (inputs()) };
    (answer::status(error), frame.page("Import a bank statement", &content)).into_response()
}

fn not_allowed(frame: &Frame) -> Instead {
    frame.refuse("Your login may not import statements: ask an admin.")
}

/// Reads the files that were sent.
async fn files(mut sent: Multipart) -> Result<Vec<StatementFile>, AppError> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return AppError::user(format!("the files have more than {MOST_BYTES} bytes"));
        }
        AppError::user("the files did not arrive as a whole: send them again")
    };
    let mut files = Vec::new();
    while let Some(field) = sent.next_field().await.map_err(broken)? {
        let name = field.file_name().unwrap_or("statement").to_owned();
        let bytes = field.bytes().await.map_err(broken)?.to_vec();
        if !bytes.is_empty() {
            files.push(StatementFile { name, bytes });
        }
    }
    if files.is_empty() {
        return Err(AppError::user("no file was chosen"));
    }
    Ok(files)
}
