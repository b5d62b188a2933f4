//! A new e-mail address: it counts once it was confirmed at both ends, so that nobody takes over a
//! session for good, and nobody loses the letters by a typing error.

use axum::response::{IntoResponse as _, Response};
use maud::html;

use super::read;
use crate::{
    app::{AppError, carry_out::carry_out_as, look_up, texts::Texts},
    domain::{model::OwnChange, ops::member},
    store::tickets::{AddressEnd, LinkPurpose, MailedLink},
    web::{
        Event, Site,
        members::{
            post,
            session::{Own, Visit, author},
        },
    },
};

/// How many new addresses somebody may ask for in an hour.
const MOST: u32 = 5;

/// Sends a link to the address on record and one to the new one.
///
/// # Errors
/// The links cannot be kept, or the mails cannot be sent.
pub(super) fn ask(own: &Own<'_>, texts: Texts, new: &str) -> Result<(), AppError> {
    let logins = &own.site.member_logins;
    if !logins.brake().allows(&format!("address {}", own.id), MOST, own.now) {
        return Err(AppError::user("too many new addresses in an hour"));
    }
    let old = read::address(own)?;
    let links = own.site.store.mailed_links();
    links.end_each(own.id, |it| matches!(it.purpose, LinkPurpose::Address { .. }))?;
    let ends = [(AddressEnd::Old, old.as_deref()), (AddressEnd::New, Some(new))];
    for (end, to) in ends {
        let Some(to) = to else { continue };
        let purpose = LinkPurpose::Address {
            new: new.to_owned(),
            old: old.clone().unwrap_or_default(),
            end,
            other_confirmed: old.is_none(),
        };
        let key = links.add(&MailedLink::new(own.id, purpose, own.now))?;
        let url = format!("{}{}", own.site.members_url()?, post::link_path(&key));
        let what = match end {
            AddressEnd::Old => texts.fill("address-letter-old", &[("new", &new)]),
            AddressEnd::New => texts.say("address-letter-new"),
        };
        let note = post::Note {
            id: own.id,
            kind: "address",
            to: (own.member.name.clone(), to.to_owned()),
            subject: texts.fill("address-letter-subject", &[("space", &own.space.name)]),
            paragraphs: vec![
                texts.fill("letter-greeting", &[("name", &own.member.name)]),
                what,
                url,
                texts.say("address-letter-otherwise"),
                own.space.notices.signature.clone().unwrap_or_else(|| own.space.name.clone()),
            ],
        };
        post::send(own.site, &own.space, note)?;
    }
    Ok(())
}

/// What became of a confirmation.
enum Became {
    /// The other end has to confirm as well.
    Half,
    /// The new address counts.
    Done,
    /// The address on record is not the one from which it was asked.
    Outdated,
}

/// Takes the confirmation of one end; the second one changes the address.
pub(in crate::web::members) async fn confirm_address(visit: &Visit, link: MailedLink) -> Response {
    let texts = visit.frame.texts;
    let became = visit.frame.site.work(move |site| confirm(site, &link));
    let words = match became.await {
        Ok(Became::Half) => texts.say("address-half"),
        Ok(Became::Done) => texts.say("address-done"),
        Ok(Became::Outdated) => texts.say("address-outdated"),
        Err(error) => return visit.frame.fail(&error),
    };
    let content = html! {
        p.note role="status" { (words) }
        p { a href="/profile" { (texts.say("profile-title")) } }
    };
    visit.frame.page(&texts.say("address-title"), &content).into_response()
}

fn confirm(site: &Site, link: &MailedLink) -> Result<Became, AppError> {
    let LinkPurpose::Address { new, old, end, other_confirmed } = &link.purpose else {
        return Ok(Became::Outdated);
    };
    let (links, now) = (site.store.mailed_links(), site.now());
    if !other_confirmed {
        let told = links.change_each(link.member, now, |it| match &mut it.purpose {
            LinkPurpose::Address { new: its, end: other, other_confirmed, .. }
                if its == new && other != end =>
            {
                *other_confirmed = true;
                true
            }
            _ => false,
        })?;
        return Ok(if told > 0 { Became::Half } else { Became::Outdated });
    }
    let head = site.store.read(site.store.head()?)?;
    let (id, contact) = (link.member, look_up::contact(&head, link.member)?);
    if contact.email.unwrap_or_default() != *old {
        return Ok(Became::Outdated);
    }
    let wish = OwnChange { email: Some(new.clone()), ..OwnChange::default() };
    let plan = member::own_change(&head, id, wish)?;
    let author = author(id);
    let done = carry_out_as(&head, &plan, &author, now)?;
    let subject = plan.change.subject.to_string();
    site.tell(&Event::Changed { by: author.name, subject, commit: done.commit });
    Ok(Became::Done)
}
