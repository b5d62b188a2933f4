//! What is a member's own: everything that their pages are made of.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    app::{AppError, look_up, zone},
    domain::{
        dues::Standing,
        model::{Member, MemberFolder, MemberId, Slot, Slug, Space},
        money::Currency,
        ops::{self, Plan},
    },
    store::{Author, Revision, tickets::Session},
    web::{Event, Site},
};

/// The newest records, and whoever is logged in.
pub(in crate::web::members) struct Own<'s> {
    pub(in crate::web::members) site: &'s Site,
    pub(in crate::web::members) head: Revision<'s>,
    pub(in crate::web::members) id: MemberId,
    pub(in crate::web::members) member: Member,
    pub(in crate::web::members) folder: MemberFolder,
    pub(in crate::web::members) session: Session,
    pub(in crate::web::members) space: Space,
    pub(in crate::web::members) zone: TimeZone,
    pub(in crate::web::members) now: Timestamp,
    pub(in crate::web::members) today: Date,
}

impl<'s> Own<'s> {
    /// Opens what belongs to a session; `None` if there is no such session, or if it has ended, since
    /// the member left.
    ///
    /// # Errors
    /// The records or the session cannot be read.
    pub(in crate::web::members) fn open(
        site: &'s Site,
        cookie: &str,
    ) -> Result<Option<Self>, AppError> {
        let (now, sessions) = (site.now(), site.store.sessions());
        let Some(session) = sessions.get(cookie, now)? else { return Ok(None) };
        let head = site.store.read(site.store.head()?)?;
        let space = look_up::space(&head)?;
        let zone = zone::named(&space)?;
        let (id, today) = (session.member, now.to_zoned(zone.clone()).date());
        let (folder, _) = head.member(id);
        let member = match folder.as_ref().map(|it| &it.member) {
            Some(Slot::Read(member)) if member.left.is_none_or(|left| today < left) => {
                member.clone()
            }
            // Who belongs to the space is unknown while the record cannot be read.
            Some(Slot::Unreadable) => return Ok(None),
            _ => {
                sessions.end_all(id)?;
                return Ok(None);
            }
        };
        let Some(folder) = folder else { return Ok(None) };
        Ok(Some(Self { site, head, id, member, folder, session, space, zone, now, today }))
    }

    /// Returns how the member stands.
    pub(in crate::web::members) fn standing(&self) -> Standing {
        let cover = ops::dues::cover(&self.head, &self.member, self.space.grace_days, self.today);
        Standing::of(&self.member, cover, self.today)
    }

    /// Returns the name of a tier.
    pub(in crate::web::members) fn tier_name(&self, tier: &Slug) -> String {
        let basis = self.head.basis().0;
        let known = basis.tiers.get(tier).and_then(Slot::get);
        known.map_or_else(|| tier.to_string(), |it| it.name.clone())
    }

    /// Returns the currency of the space.
    pub(in crate::web::members) fn currency(&self) -> Currency {
        Currency::named(&self.space.currency)
    }

    /// Commits what the member does. The author is the member, by number: names and addresses would
    /// stay in the history for ever.
    ///
    /// # Errors
    /// It may not be committed, or somebody changed the same records meanwhile.
    pub(in crate::web::members) fn carry_out(&self, plan: &Plan) -> Result<(), AppError> {
        use crate::app::carry_out::{carry_out_as, check_meaning};
        check_meaning(&self.head, plan, self.now)?;
        let author = author(self.id);
        let done = carry_out_as(&self.head, plan, &author, self.now)?;
        let subject = plan.change.subject.to_string();
        self.site.tell(&Event::Changed { by: author.name, subject, commit: done.commit });
        Ok(())
    }
}

/// Returns the author of what a member does.
pub(in crate::web::members) fn author(id: MemberId) -> Author {
    Author { name: id.to_string(), email: format!("{id}@member.invalid") }
}
