//! Sends notices that somebody asked for, now.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    deliver::{self, Fate},
    mailer,
};
use crate::{
    cli::{CliError, Context, fetch, output::Listing},
    config::MailConfig,
    domain::{
        model::{MemberId, Notice, NoticeKind, Place, Record},
        notices::{Occasion, Words},
        ops,
    },
    store::{Revision, Store},
};

/// What to send, and how.
pub(super) struct Wish<'a> {
    pub(super) due: &'a [(MemberId, Occasion)],
    /// Other words than those of the space.
    pub(super) words: Option<&'a Words>,
    pub(super) most: Option<u32>,
    pub(super) dry_run: bool,
}

/// Sends what is wished, and writes it down.
///
/// # Errors
/// Somebody else is sending, a template is not right, or the server takes no letters.
pub(super) fn send(
    ctx: &Context,
    store: &Store,
    head: &Revision<'_>,
    today: Date,
    wish: &Wish<'_>,
) -> Result<(), CliError> {
    let space = fetch::space(head)?;
    let config = MailConfig::of_machine()?;
    let most = wish.most.map_or(config.most, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let write = |id, occasion: &Occasion| match wish.words {
        Some(words) => ops::notice::letter_in(words, head, id, occasion, today),
        None => ops::notice::letter(head, id, occasion, today),
    };
    let (letters, mut others) = deliver::prepare_with(head, wish.due, most, write)?;
    if wish.dry_run {
        let mut fates: Vec<Fate> = letters.iter().map(|it| it.fate("due", None)).collect();
        fates.append(&mut others);
        return ctx.list_or(Listing::default(), &fates, "there is nobody to tell");
    }
    let mut post = mailer::mailer(&config, &space, store)?;
    store.author()?; // or what was sent could not be written down
    let mut posted = store.post(ctx.now)?;
    let delivered = deliver::deliver(ctx, &letters, &mut post, &mut posted)?;
    let mut fates = delivered.fates;
    fates.append(&mut others);
    let through = posted.through();
    deliver::enter(ctx, store, &mut posted, &BTreeMap::new(), through)?;
    ctx.list_or(Listing::default(), &fates, "there is nobody to tell")?;
    let sent = fates.iter().filter(|fate| fate.fate == "sent").count();
    match (delivered.stopped, fates.as_slice()) {
        (Some(why), _) => Err(CliError::internal(why).hint("nothing is lost: try again later")),
        (None, [Fate { why: Some(why), .. }]) => {
            Err(CliError::user(format!("nothing was sent: {why}")))
        }
        (None, []) => Ok(()),
        _ => ctx.say(format!("{sent} sent {}", post.to)),
    }
}

/// Returns what a member was told of a kind.
pub(super) fn told(head: &Revision<'_>, id: MemberId, kind: NoticeKind) -> Notice {
    match head.record(&Place::Notice(id, kind)) {
        Ok(Some(Record::Notice(notice))) => notice,
        _ => Notice::default(),
    }
}
