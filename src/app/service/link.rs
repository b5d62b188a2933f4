//! The page on which a member says by what a processor takes the dues, or changes that.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{elsewhere::elsewhere, look::wanted, open, open::trouble, visit};
use crate::{
    app::{AppError, look_up},
    config::ServicesConfig,
    domain::{
        follow::Holding,
        model::{Advice, Contact, MemberId, Slug},
        records,
    },
    store::Revision,
};

/// The page, which is good for a day or less.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PayPage {
    /// The processor.
    pub service: Slug,
    /// The address.
    pub url: String,
}

/// Why there is no page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoPage {
    /// The member does not pay by a processor.
    ByHand,
    /// There is no account at this processor yet.
    Early(Slug),
    /// Nothing is taken from the member, in words.
    Nothing(String),
    /// It is not known where the page is to lead back to.
    NoWayBack,
    /// Something else.
    Failed(AppError),
}

/// Asks the processor of a member for the page. `back` is where it leads back to, unless the configuration
/// says so.
///
/// # Errors
/// Says why there is none.
pub fn link(
    config: &ServicesConfig,
    head: &Revision<'_>,
    id: MemberId,
    back: Option<String>,
    now: Timestamp,
) -> Result<PayPage, NoPage> {
    let space = look_up::space(head)?;
    let service = look_up::contact(head, id)?.pays_by.ok_or(NoPage::ByHand)?;
    let mut follower = open(config, Some(service.as_str()), head)?;
    let back = config.return_url.clone().or(back).ok_or(NoPage::NoWayBack)?;
    let contacts: BTreeMap<MemberId, Contact> = head.contacts(|_| true).into_iter().collect();
    let mut wanted = wanted(head, &contacts, &service, &space.reference_prefix, now)?;
    let Some(account) = wanted.known.get(&id).cloned() else {
        visit(&wanted, id, &back, now).map_err(NoPage::Nothing)?;
        return Err(NoPage::Early(service));
    };
    // Who is charged already gets the page for another card, and never a second subscription.
    let found = follower.processor.read().map_err(trouble)?;
    let own = found.accounts.iter().find(|it| it.id == account);
    if !own.is_some_and(|it| matches!(it.holds, Holding::Has { .. })) {
        let others = elsewhere(&mut follower, &contacts, &[id]);
        others.iter().for_each(|(member, it)| wanted.heed(*member, it));
    }
    let visit = visit(&wanted, id, &back, now).map_err(NoPage::Nothing)?;
    let url = follower.processor.link(&account, &visit).map_err(trouble)?;
    Ok(PayPage { service, url })
}

impl NoPage {
    /// Says it to somebody who runs the space.
    #[must_use]
    pub fn error(self, head: &Revision<'_>, id: MemberId) -> AppError {
        let who = records::who(head, id);
        match self {
            Self::ByHand => {
                AppError::user(format!("{who} does not pay by a processor")).hint(Advice::PayBy(id))
            }
            Self::Early(service) => {
                AppError::user(format!("{who} has no account at {service} yet"))
                    .hint(Advice::OpenAccount(service))
            }
            Self::Nothing(why) => AppError::user(format!("nothing is taken from {who}: {why}")),
            Self::NoWayBack => {
                AppError::user("the configuration does not say where members come back to")
                    .hint("add return_url = \"https://…\" to services.toml".to_owned())
            }
            Self::Failed(error) => error,
        }
    }
}

impl From<AppError> for NoPage {
    fn from(error: AppError) -> Self {
        Self::Failed(error)
    }
}
