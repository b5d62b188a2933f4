//! What each facility demands: now, next, and by which requirements.

use maud::{Markup, html};

use super::{
    frame::{Frame, Shown},
    recurrence,
};
use crate::{
    app::{
        AppError, view,
        view::{FacilityView, RequirementView, local},
        zone,
    },
    config::Role,
    domain::{
        access::Index,
        model::{Arm, FacilityFolder, Requirement, Slot, Slug, Tag},
        schedule::Window,
    },
    web::Site,
};

/// A facility with its requirements.
struct Section {
    slug: Slug,
    name: String,
    now: view::Cell,
    /// From when on something else is demanded, and what.
    next: Option<(String, String)>,
    requirements: Vec<(Tag, Option<Row>)>,
}

/// A requirement.
struct Row {
    view: RequirementView,
    /// When it is active, if that can be said in words.
    recurs: Option<String>,
}

/// Shows all facilities.
pub(super) async fn page(frame: Frame) -> Shown {
    let worked = frame.site.work(sections).await;
    let sections = worked.map_err(|error| frame.fail(&error))?;
    let may_change = frame.may(Role::Admin);
    Ok(frame.page(
        "Requirements",
        &html! {
            @if may_change {
                p { a.button href="/requirements/add?back=/requirements" { "Add a requirement" } }
            }
            @if sections.is_empty() { p { "There are no facilities." } }
            @for it in &sections { (section(it, may_change)) }
        },
    ))
}

fn sections(site: &Site) -> Result<Vec<Section>, AppError> {
    let head = site.store.read(site.store.head()?)?;
    let (zone, now) = (zone::of(&head)?, site.now());
    let (basis, _) = head.basis();
    let index = Index::begin(head.id(), &basis, Window::around(now));
    let requirement = |slug: &Slug, tag: Tag, slot: Slot<Requirement>| {
        let row = match slot {
            Slot::Read(it) => Some(Row {
                recurs: recurrence::in_words(&it.timespec, &zone),
                view: RequirementView::new(slug.clone(), tag.clone(), it, &zone, now),
            }),
            _ => None,
        };
        (tag, row)
    };
    let section = |(slug, folder): (Slug, FacilityFolder)| {
        // The end of the index is not a change.
        let next = index.next_change(&slug, now).filter(|at| *at < index.horizon().until);
        let demand = |at| FacilityView::demand_cell(index.demand(&slug, at));
        let name = folder.facility.get().map_or_else(|| slug.to_string(), |it| it.name.clone());
        let all = folder.requirements.into_iter();
        Section {
            now: demand(now),
            next: next.map(|at| (local(at, &zone), demand(at).0)),
            requirements: all.map(|(tag, slot)| requirement(&slug, tag, slot)).collect(),
            name,
            slug,
        }
    };
    Ok(basis.facilities.into_iter().map(section).collect())
}

fn section(it: &Section, may_change: bool) -> Markup {
    html! {
        h2 id=(it.slug) { (it.name) }
        p {
            "Now: " strong { (it.now.0) } "."
            @if let Some((from, what)) = &it.next { " From " (from) " on: " (what) "." }
        }
        @if !it.requirements.is_empty() {
            ul.cards {
                @for (tag, row) in &it.requirements {
                    li {
                        @match row {
                            Some(row) => (requirement(row)),
                            None => p.bad { "It cannot be read, so the facility stays shut." },
                        }
                        @if may_change { (links(tag, row.is_some())) }
                    }
                }
            }
        }
    }
}

fn requirement(Row { view: row, recurs }: &Row) -> Markup {
    let (state, style) = match row.transition.on {
        Some(true) => ("on", "good"),
        Some(false) => ("off", "faint"),
        None => ("refused", "bad"),
    };
    html! {
        p {
            strong { "Priority " (row.priority) }
            @if let Some(description) = &row.description { ": " (description) }
            " " span class=(style) { "(" (state) ")" }
        }
        @if let Some(recurs) = recurs { p { (recurs) } }
        p {
            @if recurs.is_some() && !row.transition.always { "Next: " }
            (row.when())
            @if row.arm == Some(Arm::FirstGrant) {
                "; held unlocked only once somebody has been granted access"
            }
        }
    }
}

fn links(tag: &Tag, readable: bool) -> Markup {
    let link = |verb: &str| format!("/requirements/{verb}?tag={tag}&back=/requirements");
    html! {
        p.links {
            @if readable { a href=(link("change")) { "Change" } " " }
            a href=(link("revoke")) { "Revoke" }
            " " code.faint { (tag.short()) }
        }
    }
}
