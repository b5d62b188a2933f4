//! What to do next, as a link where there is a page for it.

use maud::{Markup, html};

use crate::{
    domain::model::{Advice, MemberId, Tag, advice::Listed},
    web::Site,
};

/// Shows advice.
pub(super) fn next_step(site: &Site, advice: &Advice) -> Markup {
    match step(advice) {
        Step::Words(words) => html! { (words) },
        Step::Page(words, path) => html! { a href=(path) { (words) } },
        Step::CommandLine => html! { "At the command line: " (site.words(advice)) },
    }
}

enum Step {
    /// There is nothing to go to.
    Words(String),
    /// A page: what it is for, and its path.
    Page(&'static str, String),
    /// No page does it.
    CommandLine,
}

fn step(advice: &Advice) -> Step {
    let of_member = |words, id: &MemberId| Step::Page(words, format!("/members/{id}"));
    let form = |words, path: &str, id: &MemberId| {
        Step::Page(words, format!("{path}?member={id}&back=/members/{id}"))
    };
    let requirement = |words, verb: &str, tag: &Tag| {
        Step::Page(words, format!("/requirements/{verb}?tag={tag}&back=/requirements"))
    };
    match advice {
        Advice::Say(words) => Step::Words(words.clone()),
        Advice::DidYouMean(name) => Step::Words(format!("did you mean `{name}`?")),
        Advice::Known(names) => Step::Words(format!("there are: {}", names.join(", "))),
        Advice::List(listed) | Advice::ListMany(listed, _) | Advice::GiveMore(listed) => {
            list(listed)
        }
        Advice::ShowMember(id) => of_member("the page of the member", id),
        Advice::RevokeCredentials(id) => form("revoke credentials", "/credentials/revoke", id),
        Advice::NudgeAgain(id) => form("ask once more", "/members/nudge", id),
        Advice::EditMember(id) => form("change the member", "/members/edit", id),
        Advice::ReturnMember(id) => form("let the member return", "/members/leave", id),
        Advice::ResumeMember(id) => form("end the suspension", "/members/suspend", id),
        Advice::AddPayment(id) => form("record a payment", "/payments/add", id),
        Advice::AddInduction { member, .. }
        | Advice::MakeInductor { member, .. }
        | Advice::CorrectInductor { member, .. } => {
            form("record an induction", "/inductions/add", member)
        }
        Advice::AddRequirement(facility) => Step::Page(
            "add a requirement",
            format!("/requirements/add?facility={facility}&back=/requirements"),
        ),
        Advice::SetRequirement(tag) => requirement("change the requirement", "change", tag),
        Advice::RevokeRequirement(tag) => requirement("revoke the requirement", "revoke", tag),
        Advice::Enrol(_) => Step::Page("hand out a fob", "/credentials/add".into()),
        Advice::AskWhy { member, .. } => of_member("what the member may open, and why", member),
        Advice::OpeningTimes(_) => Step::Page("when it opens", "/requirements".into()),
        Advice::AwaitLockout | Advice::StartDoor => {
            Step::Page("how the doors stand", "/hardware".into())
        }
        Advice::MendOrUndo => {
            Step::Page("the history, where changes are undone", "/history".into())
        }
        _ => Step::CommandLine,
    }
}

fn list(listed: &Listed) -> Step {
    match listed {
        Listed::Members => Step::Page("all members", "/members".into()),
        Listed::Requirements => Step::Page("all requirements", "/requirements".into()),
        Listed::CredentialsOf(id) | Listed::InductionsOf(id) => {
            Step::Page("the page of the member", format!("/members/{id}"))
        }
        _ => Step::CommandLine,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_with_a_page_leads_there_and_comes_back() {
        let id: MemberId = "0042".parse().unwrap();
        let Step::Page(_, path) = step(&Advice::ResumeMember(id)) else { panic!() };
        assert_eq!(path, "/members/suspend?member=0042&back=/members/0042");
        assert!(matches!(step(&Advice::BringKey), Step::CommandLine));
    }
}
