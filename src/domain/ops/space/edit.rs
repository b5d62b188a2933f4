//! Changes the settings of the space.

use std::collections::BTreeMap;

use super::{AlarmEdit, Keep, OwnRules};
use crate::domain::{
    model::{
        Acceptance, Change, Language, Money, NoticeKind, Priority, Record, RecordPath, Slug,
        Subject,
    },
    ops::{Field, Planned, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field. The key cannot be changed, since its codes cannot be hashed again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Edit {
    pub name: Option<String>,
    pub time_zone: Option<String>,
    pub currency: Option<String>,
    pub reference_prefix: Option<String>,
    pub minimum: Option<Money>,
    pub included_children: Option<u16>,
    pub per_further_child: Option<Money>,
    pub concession_age: Option<u16>,
    pub grace_days: Option<u16>,
    pub language: Option<Language>,
    pub joining_tiers: Option<Vec<Slug>>,
    pub acceptance: Option<Acceptance>,
    pub facilities_on_joining: Option<Vec<Slug>>,
    pub mail_from: Field<String>,
    pub reply_to: Field<String>,
    pub directors: Option<Vec<String>>,
    pub payment_details: Field<String>,
    pub pay_page: Field<String>,
    pub signature: Field<String>,
    pub day_form: Field<String>,
    pub reminder_days: Option<Vec<i16>>,
    /// Which kinds of notices are sent.
    pub sent: BTreeMap<NoticeKind, bool>,
    pub alarms: AlarmEdit,
    pub keep: Keep,
    /// The share of the members, in percent, that may lose access at once.
    pub brake_percent: Option<u8>,
    /// The number of members who may always lose access at once.
    pub brake_few: Option<u32>,
    pub auto_sync: Option<bool>,
    pub own: OwnRules,
    /// The name of each priority; `None` removes it.
    pub levels: BTreeMap<Priority, Option<String>>,
}

/// Changes the settings.
///
/// # Errors
/// Refuses if there are no settings, or if nothing would change.
pub fn edit(records: &dyn Records, request: Edit) -> Planned {
    let mut space = look_up::space(records)?;
    let mut edits = ChangedFields::default();
    edits.set("name", request.name, &mut space.name);
    edits.set("time zone", request.time_zone, &mut space.time_zone);
    edits.set("currency", request.currency, &mut space.currency);
    edits.set("reference prefix", request.reference_prefix, &mut space.reference_prefix);
    edits.set("minimum", request.minimum, &mut space.dues.minimum);
    edits.set("included children", request.included_children, &mut space.dues.included_children);
    edits.set("per further child", request.per_further_child, &mut space.dues.per_further_child);
    edits.set("concession age", request.concession_age, &mut space.dues.concession_age);
    edits.set("grace days", request.grace_days, &mut space.grace_days);
    edits.set("language", request.language, &mut space.language);
    let joining = &mut space.joining;
    edits.set("joining", request.acceptance, &mut joining.acceptance);
    edits.set("joining tiers", request.joining_tiers, &mut joining.tiers);
    let opens = &mut joining.facilities_on_joining;
    edits.set("joining opens", request.facilities_on_joining, opens);
    let notices = &mut space.notices;
    edits.field("notices from", request.mail_from, &mut notices.from);
    edits.field("reply to", request.reply_to, &mut notices.reply_to);
    edits.set("directors", request.directors, &mut notices.directors);
    edits.field("payment details", request.payment_details, &mut notices.payment_details);
    edits.field("pay page", request.pay_page, &mut notices.pay_page);
    edits.field("signature", request.signature, &mut notices.signature);
    edits.field("day form", request.day_form, &mut notices.day_form);
    edits.set("reminder days", request.reminder_days, &mut notices.reminder_days);
    let mut off = notices.off.clone();
    for (kind, sent) in request.sent {
        if sent {
            off.remove(&kind)
        } else {
            off.insert(kind)
        };
    }
    edits.set("notices off", Some(off), &mut notices.off);
    request.alarms.write(&mut space.alarms, &mut edits);
    request.keep.write(&mut space.retention, &mut edits);
    edits.set("brake percent", request.brake_percent, &mut space.brake.percent);
    edits.set("brake few", request.brake_few, &mut space.brake.few);
    edits.set("auto sync", request.auto_sync, &mut space.auto_sync);
    request.own.write(&mut space.self_service, &mut edits);
    edits.entries("levels", request.levels, &mut space.levels);
    let subject = Subject::new("space: edit").all(edits.names("the space")?);
    let change = Change::new(subject, "space.edit");
    Ok(change.put(RecordPath::Space, Record::Space(space)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::AlarmKind,
        ops::fixture::{refused, run, space},
    };

    #[test]
    fn notice_settings_can_be_set_and_cleared() {
        let mut all = space();
        let before = look_up::space(&all).unwrap();
        let set = Edit {
            mail_from: Field::Set("members@example.org".into()),
            directors: Some(vec!["board@example.org".into()]),
            reminder_days: Some(vec![-3]),
            sent: BTreeMap::from([(NoticeKind::Nudge, true), (NoticeKind::Lapsed, false)]),
            ..Edit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, set));
        assert_eq!(subject, "space: edit notices from, directors, reminder days, notices off");
        let back = Edit {
            mail_from: Field::Clear,
            directors: Some(Vec::new()),
            reminder_days: Some(before.notices.reminder_days.clone()),
            sent: BTreeMap::from([(NoticeKind::Lapsed, true)]),
            ..Edit::default()
        };
        run(&mut all, |all| edit(all, back));
        assert_eq!(look_up::space(&all).unwrap(), before);
    }

    #[test]
    fn settings_change_one_by_one() {
        let mut all = space();
        let before = look_up::space(&all).unwrap();
        let request = Edit {
            time_zone: Some("America/New_York".into()),
            grace_days: Some(14),
            levels: BTreeMap::from([(2, Some("Classes".into())), (3, None)]),
            ..Edit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, request.clone()));
        assert_eq!(subject, "space: edit time zone, levels");
        assert!(refused(edit(&all, request)).contains("nothing to do"));
        let back = Edit {
            time_zone: Some(before.time_zone.clone()),
            levels: BTreeMap::from([(2, None)]),
            ..Edit::default()
        };
        run(&mut all, |all| edit(all, back));
        assert_eq!(look_up::space(&all).unwrap(), before);
    }

    #[test]
    fn alarms_are_set_and_back_to_what_is_usual() {
        let mut all = space();
        let before = look_up::space(&all).unwrap();
        let of = |alarms| Edit { alarms, ..Edit::default() };
        let set = AlarmEdit {
            to: Some(vec!["ops@example.org".into()]),
            quiet: Field::Set("22:00-07:00".parse().unwrap()),
            watched: BTreeMap::from([(AlarmKind::PowerUnused, false)]),
            ..AlarmEdit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, of(set.clone())));
        assert_eq!(subject, "space: edit alarms to, quiet hours, alarms off");
        assert!(refused(edit(&all, of(set))).contains("nothing to do"));
        let back = AlarmEdit {
            to: Some(Vec::new()),
            quiet: Field::Clear,
            watched: BTreeMap::from([(AlarmKind::PowerUnused, true)]),
            ..AlarmEdit::default()
        };
        run(&mut all, |all| edit(all, of(back)));
        assert_eq!(look_up::space(&all).unwrap(), before);
    }

    #[test]
    fn days_are_set_and_taken_back() {
        let mut all = space();
        let kept = |keep| Edit { keep, ..Edit::default() };
        let some = Keep { contact: Field::Set(365), payments: Field::Clear, ..Keep::default() };
        let (subject, _) = run(&mut all, |all| edit(all, kept(some)));
        assert_eq!(subject, "space: edit keep contact");
        assert_eq!(look_up::space(&all).unwrap().retention.contact_days, Some(365));
        let none = Keep { contact: Field::Clear, ..Keep::default() };
        run(&mut all, |all| edit(all, kept(none.clone())));
        assert_eq!(look_up::space(&all).unwrap().retention, Default::default());
        assert!(refused(edit(&all, kept(none))).contains("nothing to do"));
    }
}
