//! Sends notices that somebody asked for, now.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use crate::{
    app::{
        AppError, look_up,
        notice::{
            deliver::{self, DeliveryStatus},
            mailer,
        },
        progress::Progress,
    },
    config::MailConfig,
    domain::{
        model::{MemberId, Notice, NoticeKind, Record, RecordPath},
        notices::{Occasion, Words},
        ops,
    },
    store::{Revision, Store},
};

/// What to send, and how.
pub struct Wish<'a> {
    /// Who is to hear of what.
    pub due: &'a [(MemberId, Occasion)],
    /// Other words than those of the space.
    pub words: Option<&'a Words>,
    /// The most letters; what the configuration says unless given.
    pub most: Option<u32>,
    /// Whether it is only shown what would be sent.
    pub dry_run: bool,
}

/// What became of a wish.
#[derive(Debug)]
pub struct Sent {
    /// Each notice.
    pub fates: Vec<DeliveryStatus>,
    /// Why no more went out, if the server kept them from it.
    pub stopped: Option<String>,
    /// Where the letters went, in words; nowhere if it was only shown.
    pub to: Option<String>,
}

/// Sends what is wished, and writes it down.
///
/// # Errors
/// Somebody else is sending, a template is not right, or the server takes no letters.
pub fn send(
    store: &Store,
    head: &Revision<'_>,
    today: Date,
    wish: &Wish<'_>,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<Sent, AppError> {
    let space = look_up::space(head)?;
    let config = MailConfig::of_machine()?;
    let most = wish.most.map_or(config.most, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let write = |id, occasion: &Occasion| match wish.words {
        Some(words) => ops::notice::letter_in(words, head, id, occasion, today),
        None => ops::notice::letter(head, id, occasion, today),
    };
    let (letters, mut others) = deliver::prepare_with(head, wish.due, most, write)?;
    if wish.dry_run {
        let mut fates: Vec<DeliveryStatus> =
            letters.iter().map(|it| it.fate("due", None)).collect();
        fates.append(&mut others);
        return Ok(Sent { fates, stopped: None, to: None });
    }
    let mut post = mailer::mailer(&config, &space, store)?;
    store.author()?; // or what was sent could not be written down
    let mut posted = store.post(now)?;
    let delivered = deliver::deliver(&letters, &mut post, &mut posted, now, progress)?;
    let mut fates = delivered.fates;
    fates.append(&mut others);
    let through = posted.through();
    deliver::enter(store, &mut posted, &BTreeMap::new(), through, now)?;
    Ok(Sent { fates, stopped: delivered.stopped, to: Some(post.to) })
}

/// Returns what a member was told of a kind.
pub fn told(head: &Revision<'_>, id: MemberId, kind: NoticeKind) -> Notice {
    match head.record(&RecordPath::Notice(id, kind)) {
        Ok(Some(Record::Notice(notice))) => notice,
        _ => Notice::default(),
    }
}
