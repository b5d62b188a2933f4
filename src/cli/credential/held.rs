//! The options that say which credential is meant: one by its tag, or the fobs that a member holds.

use crate::{
    app::{find_member, look_up},
    cli::CliError,
    domain::ops::credential::Held,
    store::Revision,
};

/// A tag, or a member.
#[derive(clap::Args, Debug, Clone)]
#[group(id = "held", required = true, multiple = false)]
pub(super) struct HeldArgs {
    /// The tag of one credential, or its beginning; or a member, whose fobs are meant
    #[arg(value_name = "TAG|MEMBER", add = crate::cli::input::completion::credentials())]
    tag: Option<String>,

    /// The fobs of this member: a number, a name, or the beginning of a name
    #[arg(long, short, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    member: Option<String>,
}

impl HeldArgs {
    /// Returns which credentials are meant.
    ///
    /// # Errors
    /// Fails if no member or credential matches, or several.
    pub(super) fn held(&self, head: &Revision<'_>) -> Result<Held, CliError> {
        Ok(match &self.member {
            Some(text) => Held::FobsOf(look_up::member_id(head, text)?),
            None => {
                let text = self.tag.as_deref().unwrap_or_default();
                match look_up::credential(head, text) {
                    Ok((id, tag)) => Held::Tagged(id, tag),
                    // Somebody is meant, even if it is not clear who.
                    Err(_) if !find_member::matching(head, text)?.is_empty() => {
                        Held::FobsOf(look_up::member_id(head, text)?)
                    }
                    Err(error) => {
                        look_up::member_id(head, text).map(Held::FobsOf).or(Err(error))?
                    }
                }
            }
        })
    }
}
