//! Reads what somebody typed: what differs from what is on record.

use jiff::civil::Date;

use super::form;
use crate::{
    app::{AppError, look_up, texts::Texts},
    domain::{
        dues::Dues,
        model::{Money, OwnChange, contact::YearMonth, email, text},
        money::WrittenAmount,
        ops,
        records::{Overlay, Records as _},
    },
    web::{fields::Fields, members::session::Own},
};

/// The longest text in a field of one line, in characters.
const LINE: usize = 120;

/// The longest text in a field of several lines, in characters.
const LINES: usize = 500;

/// A field that is wrong, and why.
pub(super) type Wrong = (&'static str, String);

/// Returns what is to be different, or which field is wrong.
///
/// # Errors
/// The records cannot be read.
pub(super) fn read(
    own: &Own<'_>,
    texts: Texts,
    fields: &Fields,
) -> Result<Result<OwnChange, Wrong>, AppError> {
    let known = form::known(own)?;
    let typed = |name: &str| {
        let now = fields.text(name).replace("\r\n", "\n").trim().to_owned();
        (now != known.text(name).trim()).then_some(now)
    };
    let read = || -> Result<OwnChange, Wrong> {
        for (name, most) in [
            ("name", LINE),
            ("email", LINE * 3),
            ("phone", LINE),
            ("address", LINES),
            ("concession", LINES),
        ] {
            if typed(name).is_some_and(|it| !is_plain(&it, most, name == "address")) {
                return Err((name, texts.count("edit-wrong-text", most)));
            }
        }
        let name = typed("name");
        if name.as_ref().is_some_and(String::is_empty) {
            return Err(("name", texts.say("edit-wrong-name")));
        }
        let email = typed("email");
        if email.as_ref().is_some_and(|it| !email::is_address(it)) {
            return Err(("email", texts.say("edit-wrong-email")));
        }
        let born = typed("born").map(|it| born(&it, own.today));
        let born = born.transpose().map_err(|()| ("born", texts.say("edit-wrong-born")))?;
        let is_child = own.member.parent.is_some();
        let tier = typed("tier").filter(|_| !is_child);
        if tier.as_ref().is_some_and(|it| !form::tiers(own).iter().any(|(slug, _)| slug == it)) {
            return Err(("tier", texts.say("edit-wrong-tier")));
        }
        let concession = typed("concession").filter(|_| !is_child);
        let chosen_tier = tier.as_deref().unwrap_or(own.member.tier.as_str());
        let gives = own.head.basis().0.tiers.iter().any(|(slug, it)| {
            slug.as_str() == chosen_tier && it.get().is_some_and(|it| it.concessions)
        });
        if concession.as_ref().is_some_and(|it| !it.is_empty() && !gives) {
            return Err(("concession", texts.say("edit-wrong-concession")));
        }
        let amount = typed("chosen-amount").filter(|_| !is_child);
        let amount = amount.map(|it| chosen(own, &it)).transpose();
        let chosen_amount =
            amount.map_err(|()| ("chosen-amount", texts.say("edit-wrong-amount")))?;
        let (news, named) = (fields.is_ticked("news"), fields.is_ticked("named"));
        Ok(OwnChange {
            name,
            email,
            phone: typed("phone"),
            address: typed("address"),
            born,
            tier: tier.and_then(|it| it.parse().ok()),
            concession,
            chosen_amount,
            news: Some(news).filter(|it| *it != known.is_ticked("news")),
            named: Some(named).filter(|it| *it != known.is_ticked("named")),
        })
    };
    let mut wish = match read() {
        Ok(wish) => wish,
        Err(wrong) => return Ok(Err(wrong)),
    };
    if let Some(amount) = wish.chosen_amount.filter(|it| *it > 0) {
        // What is chosen is compared with what is owed without it.
        let without = OwnChange { chosen_amount: Some(0), email: None, ..wish.clone() };
        let owed = dues_after(own, &without)?.amount;
        if owed == 0 {
            return Ok(Err(("chosen-amount", texts.say("edit-wrong-free"))));
        }
        if amount < owed {
            let owed = texts.money(&own.currency(), owed);
            let words = texts.fill("edit-wrong-low", &[("dues", &owed)]);
            return Ok(Err(("chosen-amount", words)));
        }
        let had = own.member.chosen_amount.is_some();
        wish.chosen_amount = if amount == owed { had.then_some(0) } else { Some(amount) };
    }
    Ok(Ok(wish))
}

/// Works out the dues as they would be.
///
/// # Errors
/// The settings or the tier cannot be read.
pub(super) fn dues_after(own: &Own<'_>, wish: &OwnChange) -> Result<Dues, AppError> {
    let children = own.head.children(own.id);
    let owed = |records: &dyn crate::domain::records::Records| -> Result<Dues, AppError> {
        let member = match records.record(&crate::domain::model::RecordPath::Member(own.id)) {
            Some(crate::domain::model::Record::Member(member)) => member,
            _ => own.member.clone(),
        };
        Ok(ops::dues::owed(records, own.id, &member, &children, own.today)?)
    };
    match ops::member::own_change(&own.head, own.id, wish.clone()) {
        Ok(plan) => owed(&Overlay::new(&plan.change, &own.head)),
        Err(_) => owed(&own.head), // nothing would be different
    }
}

fn is_plain(it: &str, most: usize, lines: bool) -> bool {
    let fits = |c: char| !text::is_control(c) || (lines && c == '\n');
    it.chars().count() <= most && it.chars().all(fits)
}

fn born(it: &str, today: Date) -> Result<YearMonth, ()> {
    let born: YearMonth = it.parse().map_err(|_| ())?;
    let is_past = (born.year, born.month) <= (today.year(), today.month());
    if is_past { Ok(born) } else { Err(()) }
}

fn chosen(own: &Own<'_>, it: &str) -> Result<Money, ()> {
    if it.is_empty() {
        return Ok(0);
    }
    let written: WrittenAmount = it.replace(',', ".").parse().map_err(|_| ())?;
    let minor = own.currency().minor(&written).map_err(|_| ())?;
    if minor > 0 { Ok(minor) } else { Err(()) }
}

/// Says what is to be different.
pub(super) fn in_words(texts: Texts, wish: &OwnChange) -> String {
    let words = wish.words().into_iter().map(|it| texts.say(&format!("field-{it}")));
    words.collect::<Vec<_>>().join(", ")
}

/// Tells whether somebody has an address on record.
pub(super) fn address(own: &Own<'_>) -> Result<Option<String>, AppError> {
    Ok(look_up::contact(&own.head, own.id)?.email.filter(|it| email::is_address(it)))
}
