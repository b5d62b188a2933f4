//! The answer for everybody: a table of who may open what.

use super::Question;
use crate::{
    app::{self, in_force::Evidence, view::AccessView},
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::{access, model::AccessResult},
};

impl Question<'_> {
    /// Lists who may open what, and with `all` also who may not.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub(super) fn everybody(
        &self,
        ctx: &Context,
        all: bool,
        form: Listing,
    ) -> Result<(), CliError> {
        let progress = Progress::new("reading members");
        let roster = self.revision.roster();
        let index = app::why::index_all(&self.revision, self.at);
        let mut rows = Vec::new();
        for facility in &self.facilities {
            for (member, decision) in access::everyone(&index, facility, self.at) {
                let folder = roster.get(member).and_then(|folder| folder.member.get());
                let name = folder.map_or("(unreadable)", |it| &it.name);
                rows.push(AccessView::new(member, name, facility, decision.as_ref()));
            }
        }
        rows.retain(|row| all || row.result != AccessResult::Denied);
        drop(progress);
        if self.evidence == Some(Evidence::Dates) {
            self.source().map_or(Ok(()), |words| ctx.warn(words))?;
        }
        ctx.list_or(form, &rows, "nobody may open it now; `--all` shows why")
    }
}
