//! The facts about a member and an occasion that a template can use.

use jiff::civil::Date;

use crate::domain::{
    dues::Cover,
    model::{Member, MemberId, Money, NoticeKind, Payment, Record, RecordPath, Slug, Space, Tag},
    money::Currency,
    notices::{
        ChangeFacts, ChildFacts, CoverFacts, CredentialFacts, DuesFacts, Facts, FailedFacts,
        InductionFacts, LineFacts, MemberFacts, Occasion, OccasionDetail, PaymentFacts,
        ReminderFacts, SpaceFacts,
    },
    ops::{Refusal, dues, joining, look_up},
    records::Records,
};

/// Gathers the facts about a member and an occasion.
///
/// # Errors
/// Refuses if the settings, the member or the tier cannot be read.
pub(super) fn facts(
    records: &dyn Records,
    id: MemberId,
    occasion: &Occasion,
    today: Date,
) -> Result<Facts, Refusal> {
    let space = look_up::space(records)?;
    let member = look_up::member(records, id)?;
    let tier = look_up::tier(records, &member.tier)?;
    let children = records.children(id);
    let owed = dues::owed(records, id, &member, &children, today)?;
    let currency = Currency::named(&space.currency);
    let money = |minor: Money| currency.amount(minor).to_string();
    let line = |line: &crate::domain::dues::DuesLine| LineFacts {
        part: line.part.word().to_owned(),
        what: line.what.clone(),
        amount: money(line.amount),
    };
    let is_welcome = occasion.kind == NoticeKind::Welcome;
    let child = |id: &MemberId| ChildFacts {
        number: id.to_string(),
        name: look_up::member(records, *id).map(|it| it.name).unwrap_or_default(),
    };
    let mut facts = Facts {
        member: Some(MemberFacts {
            number: id.to_string(),
            name: member.name.clone(),
            reference: format!("{}{id}", space.reference_prefix),
            tier: tier.name.clone(),
            collected: matches!(
                records.record(&RecordPath::Contact(id)),
                Some(Record::Contact(it)) if it.pays_by.is_some()
            ),
            joined: member.joined,
            children: children.iter().filter(|_| is_welcome).map(child).collect(),
            inductions: if is_welcome { joining::next_inductions(records) } else { Vec::new() },
        }),
        dues: Some(DuesFacts {
            amount: money(owed.amount),
            year: owed.year.map(money),
            owed: owed.amount > 0,
            lines: owed.lines.iter().map(line).collect(),
        }),
        cover: Some(cover(records, &member, &space, today)),
        ..of_space(&space, today)
    };
    match &occasion.about {
        OccasionDetail::Membership => {}
        OccasionDetail::Step { step, steps } => {
            let (step, steps) = (*step, *steps);
            facts.reminder = Some(ReminderFacts { step, steps, last: step >= steps });
        }
        OccasionDetail::Payment { first, .. } => {
            facts.payment = payment(records, id, &occasion.key).map(|payment| PaymentFacts {
                date: payment.date,
                amount: money(payment.amount),
                months: payment.paid_months(),
                gift: payment.amount == 0,
                first: *first,
            });
        }
        OccasionDetail::Failed(it) => {
            facts.failed = it.failed.as_ref().map(|failed| FailedFacts {
                date: it.date,
                amount: (it.amount > 0).then(|| money(it.amount)),
                why: failed.why.clone(),
            });
        }
        OccasionDetail::Dues { before, after } => {
            facts.change = Some(ChangeFacts { before: money(*before), after: money(*after) });
        }
        OccasionDetail::Induction(facility, induction) => {
            let by = induction.by.and_then(|id| look_up::member(records, id).ok());
            facts.induction = Some(InductionFacts {
                facility: facility_name(records, facility),
                on: induction.on,
                by: by.map(|member| member.name),
                inductor: induction.inductor,
            });
        }
        OccasionDetail::Credential(tag, credential) => {
            let facilities =
                credential.grants.iter().map(|it| facility_name(records, &it.facility));
            facts.credential = Some(CredentialFacts {
                kind: credential.kind.to_string(),
                tag: tag.to_string(),
                facilities: facilities.collect(),
            });
        }
    }
    Ok(facts)
}

/// The facts that need no member.
pub(super) fn of_space(space: &Space, today: Date) -> Facts {
    Facts {
        today,
        chat: false,
        space: SpaceFacts {
            name: space.name.clone(),
            currency: space.currency.clone(),
            payment_details: space.notices.payment_details.clone(),
            pay_page: space.notices.pay_page.clone(),
            signature: space.notices.signature.clone().unwrap_or_else(|| space.name.clone()),
            day_form: space.notices.day_form.clone(),
            language: space.language,
        },
        member: None,
        dues: None,
        cover: None,
        reminder: None,
        payment: None,
        failed: None,
        change: None,
        induction: None,
        credential: None,
        alarm: None,
        review: None,
    }
}

fn cover(records: &dyn Records, member: &Member, space: &Space, today: Date) -> CoverFacts {
    let ends = match dues::cover(records, member, space.grace_days, today) {
        Cover::Until(end) => Some(end),
        Cover::Always | Cover::Never => None,
    };
    let days = |until: Date| i64::from((until - today).get_days());
    CoverFacts { paid_until: member.paid_until, ends, days_left: member.paid_until.map(days) }
}

fn payment(records: &dyn Records, id: MemberId, name: &str) -> Option<Payment> {
    let name: Tag = name.parse().ok()?;
    match records.record(&RecordPath::Payment(id, name)) {
        Some(Record::Payment(payment)) => Some(payment),
        _ => None,
    }
}

/// Returns the display name of a facility.
fn facility_name(records: &dyn Records, name: &Slug) -> String {
    look_up::facility(records, name).map_or_else(|_| name.to_string(), |facility| facility.name)
}
