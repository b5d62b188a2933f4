//! Sends notices immediately, on request.

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
pub struct SendRequest<'a> {
    /// Members and the occasions to send them notices of.
    pub due: &'a [(MemberId, Occasion)],
    /// A text to use instead of the space's.
    pub words: Option<&'a Words>,
    /// The most notices to send; by default the number in the configuration.
    pub most: Option<u32>,
    /// Whether only to show what would be sent.
    pub dry_run: bool,
}

/// The result of sending.
#[derive(Debug)]
pub struct DeliveryReport {
    /// The result for each notice.
    pub statuses: Vec<DeliveryStatus>,
    /// Why sending stopped early, if the server caused that.
    pub stopped: Option<String>,
    /// Where the notices went, in words; `None` if they were only shown.
    pub to: Option<String>,
}

/// Sends notices, and records what was sent.
///
/// # Errors
/// Fails if another process is sending, a template is not valid, or the server accepts no mail.
pub fn send(
    store: &Store,
    head: &Revision<'_>,
    today: Date,
    request: &SendRequest<'_>,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<DeliveryReport, AppError> {
    let space = look_up::space(head)?;
    let config = MailConfig::load()?;
    let most = request.most.map_or(config.most, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let write = |id, occasions: &[Occasion]| match (request.words, occasions) {
        (Some(words), [occasion]) => ops::notice::letter_in(words, head, id, occasion, today),
        _ => ops::notice::letter(head, id, occasions, today),
    };
    let (letters, mut others) = deliver::prepare_with(head, request.due, most, write)?;
    if request.dry_run {
        let mut statuses: Vec<DeliveryStatus> =
            letters.iter().flat_map(|it| it.statuses("due", None)).collect();
        statuses.append(&mut others);
        return Ok(DeliveryReport { statuses, stopped: None, to: None });
    }
    let mut post = mailer::mailer(&config, &space, store)?;
    store.author()?; // without an author, what was sent could not be recorded
    let mut posted = store.open_outbox(now)?;
    let delivered = deliver::deliver(&letters, &mut post, &mut posted, now, progress)?;
    let mut statuses = delivered.statuses;
    statuses.append(&mut others);
    let through = posted.through();
    deliver::record_sent(store, &mut posted, &BTreeMap::new(), through, now)?;
    Ok(DeliveryReport { statuses, stopped: delivered.stopped, to: Some(post.to) })
}

/// Returns the notices of a kind that a member was sent.
pub fn sent_notices(head: &Revision<'_>, id: MemberId, kind: NoticeKind) -> Notice {
    match head.record(&RecordPath::Notice(id, kind)) {
        Ok(Some(Record::Notice(notice))) => notice,
        _ => Notice::default(),
    }
}
