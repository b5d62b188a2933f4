//! The answer for everybody: a table of who may open what.

use super::Question;
use crate::{
    app::{self, view::Access},
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::{access, model::Outcome},
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
        let index = app::why::everybody(&self.revision, self.at);
        let mut rows = Vec::new();
        for facility in &self.facilities {
            for (member, decision) in access::everyone(&index, facility, self.at) {
                let folder = roster.get(member).and_then(|folder| folder.member.get());
                let name = folder.map_or("(unreadable)", |it| &it.name);
                rows.push(Access::new(member, name, facility, decision.as_ref()));
            }
        }
        rows.retain(|row| all || row.result != Outcome::Denied);
        drop(progress);
        ctx.list_or(form, &rows, "nobody may open it now; `--all` shows why")
    }
}
