//! One member: what they may open, what they hold, have learned, paid and been told. Their personal
//! data is not on this page.

use axum::extract::Path;
use jiff::{SignedDuration, Timestamp, civil::Date};
use maud::{Markup, html};

use super::actions;
use crate::{
    app::{
        AppError, look_up,
        payment::list,
        view::{
            AccessView, Column, CredentialView, InductionView, NoticeView, PaymentView, View as _,
        },
        zone,
    },
    config::Role,
    domain::{
        access,
        dues::{Cover, Standing},
        model::{Induction, Member, MemberFolder, MemberId, Slot, Slug},
        money::Currency,
        ops,
    },
    web::{
        InForce, Site,
        pages::{
            frame::{Frame, Shown},
            table,
        },
    },
};

/// The number of payments and notices that are shown.
const NEWEST: usize = 24;

/// Shows a member.
pub(super) async fn page(frame: Frame, Path(id): Path<String>) -> Shown {
    frame.require(Role::Desk, "see members")?;
    let asked = frame.clone();
    let worked = frame.site.work(move |site| content(site, &asked, &id));
    let (title, content) = worked.await.map_err(|error| frame.fail(&error))?;
    Ok(frame.page(&title, &content))
}

fn content(site: &Site, frame: &Frame, id: &str) -> Result<(String, Markup), AppError> {
    let (in_force, now) = (site.in_force()?, site.now());
    let head = site.store.read(site.store.head()?)?;
    let (folder, findings) = look_up::folder(&head, id)?;
    let id = folder.id;
    let member = match &folder.member {
        Slot::Read(member) => member.clone(),
        // Asking for the record itself gives an error that says what is wrong with it.
        _ => look_up::member(&head, &id.to_string())?.1,
    };
    let (settings, zone) = (look_up::space(&head)?, zone::of(&head)?);
    let today = now.to_zoned(zone.clone()).date();
    let currency = Currency::named(&settings.currency);
    let cover = ops::dues::cover(&head, &member, settings.grace_days, today);
    let standing = Standing::of(&member, cover, today);
    let credentials: Vec<CredentialView> = folder
        .credentials
        .iter()
        .flat_map(|(tag, record)| CredentialView::rows(&folder, tag, record, &zone, now))
        .collect();
    let mut payments = list::payments(&head, &currency, Some(id));
    payments.sort_by(|a, b| (b.payment.date, &b.id).cmp(&(a.payment.date, &a.id)));
    payments.truncate(NEWEST);
    let mut notices = NoticeView::told(&head, id, &zone);
    notices.reverse();
    notices.truncate(NEWEST);
    let content = html! {
        (table::labelled(&facts(&member, standing, cover, &currency)))
        @if let Some(parent) = member.parent {
            p { "Child of " a href={ "/members/" (parent) } { (parent) } }
        }
        @for finding in &findings { p.note.warn { (finding) } }
        (actions::of(frame, id, &member, today))
        h2 { "What they may open now" }
        (table::columns(
            &may_open(&in_force, id, &member, (now, site.age(now))),
            &others(AccessView::COLUMNS),
            "there are no facilities",
        ))
        p { a href={ "/members/" (id) "/access" } { "Why, in full" } }
        h2 { "Credentials" }
        (table::columns(&credentials, &others(CredentialView::COLUMNS), "none"))
        div.buttons {
            @for (tag, record) in &folder.credentials {
                (actions::of_credential(frame, id, tag, record.kind))
            }
        }
        h2 { "Inductions" }
        (table::linked(
            &inductions(&folder, &member),
            &others(InductionView::COLUMNS),
            "none",
            |row, heading| {
                let by = row.by.filter(|_| heading == "BY")?;
                Some(format!("/members/{by}"))
            },
        ))
        h2 { "Payments" }
        (table::columns(&payments, &others(PaymentView::COLUMNS), PaymentView::EMPTY))
        h2 { "Notices" }
        (table::rows(&notices))
        @if frame.may(Role::Desk) { (ask_for_personal_data(id)) }
    };
    Ok((format!("{id} {}", member.name), content))
}

fn facts(
    member: &Member,
    standing: Standing,
    cover: Cover,
    currency: &Currency,
) -> Vec<(&'static str, String)> {
    let day = |day: Option<Date>| day.map(|it| it.to_string()).unwrap_or_default();
    vec![
        ("tier", member.tier.to_string()),
        ("standing", standing.to_string()),
        ("joined", member.joined.to_string()),
        ("left", day(member.left)),
        ("suspended since", member.suspension().map(|it| it.to_string()).unwrap_or_default()),
        ("concession", if member.concession { "yes".into() } else { String::new() }),
        (
            "chosen amount",
            member.chosen_amount.map(|it| currency.amount(it).to_string()).unwrap_or_default(),
        ),
        ("paid until", day(member.paid_until)),
        ("covered until", cover.to_string()),
    ]
}

fn may_open(
    in_force: &InForce,
    id: MemberId,
    member: &Member,
    (now, age): (Timestamp, SignedDuration),
) -> Vec<AccessView> {
    let row = |facility| {
        let explained = access::explain(&in_force.index, id, facility, now)
            .map(|it| it.by_records_of(age, &in_force.index, facility));
        let decision = explained.as_ref().and_then(|it| it.decision.as_ref());
        AccessView::new(id, &member.name, facility, decision)
    };
    in_force.facilities.keys().map(row).collect()
}

fn inductions(folder: &MemberFolder, member: &Member) -> Vec<InductionView> {
    let row = |(facility, it): &(Slug, Induction)| InductionView {
        facility: facility.clone(),
        member: folder.id,
        name: member.name.clone(),
        on: it.on,
        by: it.by,
        inductor: it.inductor,
    };
    folder.inductions.iter().map(row).collect()
}

/// Leaves out the column of the member, whose page it is.
fn others<R>(columns: &'static [Column<R>]) -> Vec<Column<R>> {
    let kept = columns.iter().filter(|it| it.heading != "MEMBER");
    kept.map(|it| Column::new(it.heading, it.fill)).collect()
}

/// Shows the form that asks for a reason.
pub(super) fn ask_for_personal_data(id: MemberId) -> Markup {
    html! {
        h2 { "Personal data" }
        form method="post" action={ "/members/" (id) "/reveal" } {
            label for="reason" { "Why do you need to see it?" }
            input type="text" id="reason" name="reason" required maxlength="200" autocomplete="off"
                aria-describedby="reason-hint";
            p.hint id="reason-hint" {
                "Who looked, when and why is recorded. Address, phone, e-mail and birth are shown once."
            }
            button.quiet { "Show" }
        }
    }
}
