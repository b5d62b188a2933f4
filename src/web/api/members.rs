//! Members, without personal data.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    change::{Changed, How, Request},
    extract::{At, InPath, InQuery, Sent},
};
use crate::{
    app::{new_member, zone},
    domain::{
        dues::{Cover, Standing},
        model::{Contact, Member, MemberFolder, MemberId, RecordPath},
        ops,
        records::Records as _,
    },
    store::{Revision, Roster},
    web::{
        Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// The most members of a page.
const MOST: usize = 1_000;

/// Which members.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// How many at most; 200 by default.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// Only members with a higher number than this one.
    after: Option<String>,
}

/// A member, without personal data.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
pub(super) struct Shown {
    /// The number.
    member: String,
    /// The name that other members know.
    name: String,
    /// The tier.
    tier: String,
    /// `good`, `lapsed`, `suspended` or `left`, today.
    #[schema(value_type = String)]
    standing: Standing,
    /// The first day that is not covered, grace included; null if nothing was paid, or nothing is owed.
    covered_until: Option<String>,
    /// Whether nothing is owed, so that the cover never ends.
    always_covered: bool,
    /// The first day of membership.
    joined: String,
    /// The first day without membership, if they left.
    left: Option<String>,
    /// The first day of a suspension.
    suspended: Option<String>,
    /// The first day after a suspension that ends by itself.
    suspended_until: Option<String>,
    /// The parent, who pays for them.
    parent: Option<String>,
    /// How many credentials they have.
    credentials: usize,
}

/// A page of members, sorted by number.
#[derive(Serialize, ToSchema)]
pub(super) struct Members {
    members: Vec<Shown>,
    /// What to give as `after` for further ones; null if there are none.
    next: Option<String>,
}

/// A new member.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMember {
    /// The name that other members know.
    name: String,
    /// The tier.
    tier: String,
    /// The e-mail address, which is not shown here again.
    email: Option<String>,
    /// The first day of membership; today by default.
    #[schema(value_type = Option<String>, format = Date)]
    joined: Option<Date>,
    /// The number of the parent, who pays for them.
    parent: Option<String>,
}

/// List members
#[utoipa::path(
    get, path = "/members", tag = "records",
    params(Wanted),
    responses((status = 200, body = Members)),
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<At<Members>, Problem> {
    fault::work(&site, move |site| {
        let count = wanted.limit.unwrap_or(200);
        if !(1..=MOST).contains(&count) {
            return Err(Fault::invalid(format!("`limit` is from 1 to {MOST}")));
        }
        let after: Option<MemberId> =
            wanted.after.map(|it| it.parse()).transpose().map_err(Fault::invalid)?;
        let head = site.store.read(site.store.head()?)?;
        let view = View::new(site, &head)?;
        let mut folders: Vec<&MemberFolder> =
            view.roster.members().filter(|it| after.is_none_or(|after| it.id > after)).collect();
        folders.sort_unstable_by_key(|it| it.id);
        let next = folders.get(count).and_then(|_| Some(folders.get(count - 1)?.id.to_string()));
        folders.truncate(count);
        let members = folders.into_iter().filter_map(|it| view.shown(it)).collect();
        Ok(At(head.id(), Members { members, next }))
    })
    .await
}

/// Show a member
#[utoipa::path(
    get, path = "/members/{member}", tag = "records",
    params(("member" = String, Path, description = "the number")),
    responses((status = 200, body = Shown)),
)]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    InPath(member): InPath<String>,
) -> Result<At<Shown>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let id = existing(&head, &member)?;
        let view = View::new(site, &head)?;
        let shown = view.roster.get(id).and_then(|folder| view.shown(folder));
        let shown = shown.ok_or_else(|| Fault::invalid("the member's record cannot be read"))?;
        Ok(At(head.id(), shown))
    })
    .await
}

/// Add a member
#[utoipa::path(
    post, path = "/members", tag = "changes",
    params(How), request_body = NewMember,
    responses((status = 200, body = Changed, description = "what would be changed"),
              (status = 201, body = Changed)),
)]
pub(super) async fn add(
    request: Request,
    Sent(new): Sent<NewMember>,
) -> Result<(StatusCode, At<Changed>), Problem> {
    request
        .add(move |site, head| {
            let today = site.now().to_zoned(zone::of(head)?).date();
            let request = ops::member::Add {
                id: head.next_member_id(),
                name: new.name,
                tier: new.tier.parse().map_err(Fault::invalid)?,
                joined: new.joined.unwrap_or(today),
                parent: new.parent.map(|it| it.parse()).transpose().map_err(Fault::invalid)?,
                concession: None,
                chosen_amount: None,
                paid_until: None,
                contact: Contact { email: new.email, ..Contact::default() },
            };
            Ok(new_member::plan(head, request)?)
        })
        .await
}

/// Returns the number of a member who exists.
pub(super) fn existing(head: &Revision<'_>, text: &str) -> Result<MemberId, Fault> {
    let id = text.parse().ok().filter(|id| head.exists(&RecordPath::Member(*id)));
    id.ok_or_else(|| Fault::missing("there is no such member"))
}

/// What members are shown with.
struct View {
    roster: Roster,
    basis: crate::domain::model::Basis,
    today: Date,
}

impl View {
    fn new(site: &Site, head: &Revision<'_>) -> Result<Self, Fault> {
        let today = site.now().to_zoned(zone::of(head)?).date();
        Ok(Self { roster: head.roster(), basis: head.basis().0, today })
    }

    fn shown(&self, folder: &MemberFolder) -> Option<Shown> {
        let member: &Member = folder.member.get()?;
        let cover = self.roster.cover(member, &self.basis, self.today);
        Some(Shown {
            member: folder.id.to_string(),
            name: member.name.clone(),
            tier: member.tier.to_string(),
            standing: Standing::of(member, cover, self.today),
            covered_until: match cover {
                Cover::Until(day) => Some(day.to_string()),
                Cover::Always | Cover::Never => None,
            },
            always_covered: cover == Cover::Always,
            joined: member.joined.to_string(),
            left: member.left.map(|it| it.to_string()),
            suspended: member.suspended.map(|it| it.to_string()),
            suspended_until: member.suspended_until.map(|it| it.to_string()),
            parent: member.parent.map(|it| it.to_string()),
            credentials: folder.credentials.len(),
        })
    }
}
