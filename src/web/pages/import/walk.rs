//! Walks through the transactions that an import cannot credit, one a page, before it is written.

use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use super::{
    past::{self, Given, Past},
    statement_plan::StatementPlan,
    upload_form::{again, not_allowed},
};
use crate::{
    app::{
        AppError,
        payment::{Waiting, import::StatementFile},
        view::{self, counted},
    },
    config::Role,
    domain::{
        model::{CommitId, Note},
        ops::payment::Decisions,
    },
    store::Revision,
    web::{
        Site,
        fields::Fields,
        pages::{frame::Frame, next_step::next_step, table::capital},
    },
};

/// Its address.
pub(super) const PATH: &str = "/payments/import/walk";

/// Shows the button that begins it.
pub(super) fn begin(kept: &str, base: CommitId, waiting: usize) -> Markup {
    html! {
        form.buttons method="post" action=(PATH) {
            input type="hidden" name="upload" value=(kept);
            input type="hidden" name="base" value=(base);
            button.quiet { "Decide about " (counted(waiting as u64, "transaction")) " kept aside" }
        }
    }
}

/// Takes the answer about one transaction, and shows the next one, the one before, or the end.
pub(super) async fn page(frame: Frame, fields: Fields) -> Response {
    if !frame.may(Role::Admin) {
        return not_allowed(&frame).into_response();
    }
    let kept = fields.text("upload").to_owned();
    let files = frame.site.uploads().get(&frame.visitor.login, &kept, frame.site.now());
    let Some(files) = files else {
        let error = AppError::user("the files are no longer here: send them again");
        return again(&frame, &error);
    };
    let worked = frame.site.work(move |site| content(site, files, &fields));
    match worked.await {
        Ok(content) => frame.page("Decide about a transaction", &content).into_response(),
        Err(error) => again(&frame, &error),
    }
}

fn content(site: &Site, files: Vec<StatementFile>, fields: &Fields) -> Result<Markup, AppError> {
    let head = site.store.read(site.store.resolve(fields.text("base"))?)?;
    let plan = StatementPlan::of(site, &head, files)?;
    let waiting = Waiting::of(&plan.lines);
    let mut past = Past::of(fields);
    let step = fields.text("step");
    if step == "back" {
        past.pop();
    }
    let mut decisions = past.decide(&head, &plan)?;
    let (mut shown, mut notes) = (Fields::default(), Vec::new());
    if let Some(current) = waiting.get(past.len()).filter(|_| step == "next") {
        let given = Given::chosen(fields);
        match past::take(&head, current, &given, &mut decisions) {
            Ok(said) => {
                notes = said;
                past.push(given);
            }
            Err(error) => {
                shown = fields.clone();
                shown.blame(given.field(), &capital(&error.message));
            }
        }
    }
    let carried = html! {
        input type="hidden" name="upload" value=(fields.text("upload"));
        input type="hidden" name="base" value=(head.id());
        (past.hidden())
    };
    Ok(html! {
        @for note in &notes { (said(site, note)) }
        @match waiting.get(past.len()).filter(|_| step != "stop") {
            Some(current) => {
                p.faint { (past.len() + 1) " of " (waiting.len()) }
                (question(current, &shown, &carried, past.len() > 0))
            }
            None => (end(site, &head, decisions, fields.text("upload"), &past, &carried)),
        }
    })
}

/// Asks about one transaction. Nothing is chosen beforehand that would credit anybody.
fn question(current: &Waiting<'_>, sent: &Fields, carried: &Markup, has_former: bool) -> Markup {
    let mut fields = sent.clone();
    if fields.get("choice").is_none() {
        fields.set("choice", "leave");
    }
    let row = current.row;
    html! {
        div.note {
            p {
                @if let Some(date) = row.date { (date) ": " }
                strong { @if let Some(amount) = &row.amount { (amount) } }
            }
            p { (row.text.as_deref().unwrap_or_default()) }
            p.faint { (capital(row.why.as_deref().unwrap_or_default())) }
        }
        form method="post" action=(PATH) {
            (carried)
            fieldset {
                legend { "What becomes of it?" }
                (fields.below("choice", ""))
                @for (number, it) in (1..).zip(&row.suggestions) {
                    @let words = format!("Credit it to {} {}", it.member, it.name);
                    (fields.radio("choice", &format!("{number}"), &words))
                }
                (fields.radio("choice", "member", "Credit it to somebody else"))
                (fields.line("member", "Member", "a number, a name, or the beginning of a name"))
                (fields.input("number", "months", "Months", "as many as it pays for, unless given; 0 for a donation"))
                (fields.radio("choice", "split", "Split it"))
                (fields.line("split", "Parts", "like 0013=25, 0015=25"))
                (fields.radio("choice", "same", "It is the same money as what is on record"))
                (fields.line("same", "Its id", &twin(current)))
                (fields.radio("choice", "leave", "Leave it, to be decided later"))
            }
            div.buttons {
                button name="step" value="next" { "Next" }
                @if has_former { button.quiet name="step" value="back" { "Back" } }
                button.quiet name="step" value="stop" { "Leave all that follow" }
            }
        }
    }
}

fn twin(current: &Waiting<'_>) -> String {
    let known = |it| format!("{}, unless given", view::short(it));
    current.row.twin.as_ref().map_or_else(
        || "of a payment or of a transaction kept aside".to_owned(),
        |it| known(it.as_str()),
    )
}

/// Shows what will be written, and asks for it.
fn end(
    site: &Site,
    head: &Revision<'_>,
    decisions: Decisions<'_>,
    kept: &str,
    past: &Past,
    carried: &Markup,
) -> Markup {
    let plan = decisions.plan();
    html! {
        p.note { (capital(plan.change.subject.as_str())) }
        @for note in &plan.notes { (said(site, note)) }
        (past.agree(kept, head.id()))
        @if past.len() > 0 {
            form.buttons method="post" action=(PATH) {
                (carried)
                button.quiet name="step" value="back" { "Back" }
            }
        }
    }
}

fn said(site: &Site, note: &Note) -> Markup {
    html! { p.note { (note.text) @if let Some(it) = &note.advice { ": " (next_step(site, it)) } } }
}
