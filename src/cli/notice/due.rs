//! `space notice due`: lists the notices that are due.

use std::collections::{HashMap, HashSet};

use crate::{
    app::notice::{
        deliver::{self, DeliveryStatus},
        gather::DueNotices,
        review,
    },
    cli::{
        CliError, Context,
        output::{Listing, Waiting},
    },
    domain::{
        model::{CommitId, Contact, MemberId, email, text},
        notices::Occasion,
        ops,
    },
    store::{Revision, Store},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Reminders depend on the date. All other notices depend on what has happened since the last `space
notice send` on this machine, or since the commit named by --since.

Examples:
  space notice due
  space notice due --since HEAD~5";

/// The arguments of `space notice due`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Report what happened since this commit
    #[arg(long, value_name = "COMMIT")]
    since: Option<String>,

    #[command(flatten)]
    form: Listing,
}

/// Lists the notices that are due.
///
/// # Errors
/// Fails if the records cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let posted = space.store.read_outbox()?;
    let since = since(space.store, args.since.as_deref())?.or(posted.through());
    let waiting = Waiting::default();
    let gathered = DueNotices::of(space.store, &space.head, &posted, since, today, &waiting)?;
    let mut statuses = statuses(&space.head, &gathered.due);
    statuses.extend(deliver::tomorrow(&space.head, &gathered.tomorrow));
    let reviews = review::prepare(space.store, &space.head, &posted, today, &waiting)?;
    statuses.extend(reviews.iter().flat_map(|prepared| prepared.statuses("due", None)));
    statuses.sort_by_key(|status| (status.member, status.kind));
    ctx.list(args.form, &statuses)?;
    if !gathered.events_known {
        ctx.warn(
            "notices have never been sent from this machine: `space notice send` begins with this \
             commit; name an earlier one with --since",
        )?;
    }
    Ok(())
}

/// Returns to whom each notice would go, without writing any.
fn statuses(head: &Revision<'_>, due: &[(MemberId, Occasion)]) -> Vec<DeliveryStatus> {
    let roster = head.roster();
    let member = |id: MemberId| roster.get(id)?.member.get();
    let parents = due.iter().filter_map(|(id, _)| member(*id)?.parent);
    let wanted: HashSet<MemberId> = due.iter().map(|(id, _)| *id).chain(parents).collect();
    let contacts: HashMap<MemberId, Contact> =
        head.contacts(|id| wanted.contains(&id)).into_iter().collect();
    let contact = |id: MemberId| contacts.get(&id).cloned();
    let one = |(id, occasion): &(MemberId, Occasion)| {
        let member = member(*id)?;
        let parent = || contact(member.parent?);
        let to = ops::notice::addressee(occasion.kind, &member.name, contact(*id), parent);
        let (fate, why) = match &to {
            Ok(_) => ("due", None),
            Err(why) => ("unsent", Some(why.to_string())),
        };
        Some(DeliveryStatus {
            member: Some(*id),
            name: text::shown(&member.name),
            kind: occasion.kind,
            occasion: occasion.key.clone(),
            to: to.ok().map(|address| email::masked(&address)),
            fate,
            why,
        })
    };
    due.iter().filter_map(one).collect()
}

/// Finds the named commit.
///
/// # Errors
/// Fails if there is none of that name.
pub(super) fn since(store: &Store, spec: Option<&str>) -> Result<Option<CommitId>, CliError> {
    Ok(spec.map(|spec| store.resolve(spec)).transpose()?)
}
