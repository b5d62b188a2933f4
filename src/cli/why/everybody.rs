//! The answer for everybody: a table of who may open what.

use crate::{
    app::{in_force::Evidence, view::AccessView, why::Question},
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::{access, model::AccessResult},
};

/// Lists who may open what, and with `all` also who may not.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn everybody(
    question: &Question<'_>,
    ctx: &Context,
    all: bool,
    form: Listing,
) -> Result<(), CliError> {
    let progress = Progress::new("reading members");
    let roster = question.revision.roster();
    let index = question.index();
    let mut rows = Vec::new();
    for facility in &question.facilities {
        for (member, decision) in access::everyone(&index, facility, question.at) {
            let decision = decision.map(|it| it.by_records_of(question.age, &index, facility));
            let folder = roster.get(member).and_then(|folder| folder.member.get());
            let name = folder.map_or("(unreadable)", |it| &it.name);
            rows.push(AccessView::new(member, name, facility, decision.as_ref()));
        }
    }
    rows.retain(|row| all || row.result != AccessResult::Denied);
    drop(progress);
    if question.evidence == Some(Evidence::Dates) {
        question.source().map_or(Ok(()), |words| ctx.warn(words))?;
    }
    ctx.list_or(form, &rows, "nobody may open it now; `--all` shows why")
}
