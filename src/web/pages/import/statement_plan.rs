//! What would become of the lines of statements.

use maud::{Markup, html};

use crate::{
    app::{
        AppError, look_up,
        payment::{
            ImportedLine,
            import::{self, StatementFile, TableOptions},
        },
        view::{self, Column},
    },
    domain::{
        model::{Money, Note},
        money::Currency,
        ops::payment::Import,
        payments::LineTotal,
    },
    store::Revision,
    web::{
        Site,
        pages::{next_step::next_step, table},
    },
};

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

/// What would become of the lines.
pub(super) struct StatementPlan {
    pub(super) lines: Vec<ImportedLine>,
    warnings: Vec<String>,
    pub(super) import: Import,
    notes: Vec<Note>,
    currency: Currency,
}

impl StatementPlan {
    /// Reads statements, and plans what becomes of their lines.
    ///
    /// # Errors
    /// They cannot be read.
    pub(super) fn of(
        site: &Site,
        head: &Revision<'_>,
        files: Vec<StatementFile>,
    ) -> Result<Self, AppError> {
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

    /// Shows the lines, by what becomes of them.
    pub(super) fn markup(&self, site: &Site) -> Markup {
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
