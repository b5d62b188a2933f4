//! The list of members, with filters, and a search that answers while one types.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    app::{
        members::{self, MemberList},
        view::{MemberView, View as _},
        zone,
    },
    config::Role,
    domain::dues::{Cover, Standing},
    web::{
        fields::Fields,
        pages::{
            frame::{Frame, Shown},
            link, table,
        },
    },
};

/// How many members a page has.
const COUNT: usize = 200;

/// The choices of standing; by default everybody who has not left.
const STANDINGS: [(&str, &str); 8] = [
    ("", "current"),
    ("good", "in good standing"),
    ("lapsed", "lapsed"),
    ("lapsing", "lapsing within two weeks"),
    ("unpaid", "never paid"),
    ("suspended", "suspended"),
    ("left", "left"),
    ("all", "everybody"),
];

/// How many days ahead a cover counts as about to end.
const LAPSING: u16 = 14;

/// What to show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    text: String,
    tier: String,
    standing: String,
    /// How many to pass over.
    after: usize,
}

/// Lists members.
pub(super) async fn page(frame: Frame, Query(wanted): Query<Wanted>) -> Shown {
    frame.require(Role::Desk, "see members")?;
    let sent = wanted.clone();
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let today = site.now().to_zoned(zone::of(&head)?).date();
        let needle = sent.text.trim().to_lowercase();
        let roster = head.roster();
        let list = members::list(&head, &roster, today, |id, member, standing, cover| {
            (sent.tier.is_empty() || member.tier.as_str() == sent.tier)
                && members::matches_text(id, &member.name, &needle)
                && match sent.standing.as_str() {
                    "" => standing != Standing::Left,
                    "all" => true,
                    "lapsing" => standing != Standing::Left && cover.ends_within(LAPSING, today),
                    "unpaid" => standing != Standing::Left && cover == Cover::Never,
                    word => standing.word() == word,
                }
        });
        let tiers: Vec<String> = head.basis().0.tiers.keys().map(ToString::to_string).collect();
        Ok((list, tiers))
    });
    let (list, tiers) = worked.await.map_err(|error| frame.fail(&error))?;
    let rows = rows(&list, &wanted);
    if frame.partial {
        return Ok(rows);
    }
    let content = html! {
        (form(&wanted, &tiers))
        (rows)
        @if frame.may(Role::Admin) {
            div.buttons { a.button href="/members/add?back=/members" { "Add a member" } }
        }
    };
    Ok(frame.page("Members", &content))
}

fn form(wanted: &Wanted, tiers: &[String]) -> Markup {
    let mut fields = Fields::default();
    fields.set("tier", &wanted.tier);
    fields.set("standing", &wanted.standing);
    let option = |(value, words): (&str, &str)| (value.to_owned(), words.to_owned());
    let tiers = tiers.iter().map(|it| (it.as_str(), it.as_str()));
    let tiers: Vec<_> = [("", "all")].into_iter().chain(tiers).map(option).collect();
    html! {
        form.filters method="get" action="/members" role="search" {
            div {
                label for="text" { "Name or number" }
                input type="search" id="text" name="text" value=(wanted.text) autocomplete="off"
                    hx-get="/members" hx-trigger="input changed delay:150ms" hx-target="#members"
                    hx-swap="outerHTML" hx-include="closest form";
            }
            div { (fields.choice("tier", "Tier", &tiers)) }
            div { (fields.choice("standing", "Standing", &STANDINGS.map(option))) }
            button { "Show" }
        }
    }
}

fn rows(list: &MemberList, wanted: &Wanted) -> Markup {
    let all = list.rows.len();
    let shown = list.rows.get(wanted.after.min(all)..).unwrap_or_default();
    let shown = shown.get(..COUNT.min(shown.len())).unwrap_or_default();
    let to = wanted.after.saturating_add(COUNT);
    html! {
        div id="members" {
            p.faint role="status" {
                @match all {
                    0 => "No member matches.",
                    1 => "1 member",
                    _ if shown.len() < all => {
                        (all) " members, of whom these are " (wanted.after + 1) " to "
                        (wanted.after + shown.len())
                    },
                    _ => { (all) " members" },
                }
            }
            @if !shown.is_empty() {
                (table::linked(shown, MemberView::COLUMNS, MemberView::EMPTY, |row, heading| {
                    matches!(heading, "NUMBER" | "NAME").then(|| format!("/members/{}", row.id))
                }))
            }
            @if list.unreadable > 0 {
                p.note.warn { (list.unreadable) " records cannot be read." }
            }
            nav.buttons aria-label="More" {
                @if wanted.after > 0 {
                    a.button.quiet href=(wanted.link(wanted.after.saturating_sub(COUNT))) { "Back" }
                }
                @if to < all { a.button.quiet href=(wanted.link(to)) { "More" } }
            }
        }
    }
}

impl Wanted {
    fn link(&self, after: usize) -> String {
        let after = if after == 0 { String::new() } else { after.to_string() };
        let Self { text, tier, standing, .. } = self;
        link::to(
            "/members",
            &[("text", text), ("tier", tier), ("standing", standing), ("after", &after)],
        )
    }
}
