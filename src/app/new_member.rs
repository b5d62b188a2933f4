//! Adds members, and says if there may be the same person already.

use crate::{
    app::AppError,
    domain::{
        model::{MemberFolder, Note, text::shown},
        ops::{self, Plan},
    },
    store::Revision,
};

/// Plans to add a member; notes members of the same name, since it may be the same person twice.
///
/// # Errors
/// The number is taken, or the request is refused.
pub fn plan(head: &Revision<'_>, request: ops::member::Add) -> Result<Plan, AppError> {
    let name = request.name.trim().to_owned();
    let mut plan = ops::member::add(head, request)?;
    plan.notes.extend(same_name_note(head, &name));
    Ok(plan)
}

fn same_name_note(head: &Revision<'_>, name: &str) -> Option<Note> {
    let found = head.find_members(name);
    let same = |it: &&MemberFolder| {
        it.member.get().is_some_and(|it| it.name.to_lowercase() == name.to_lowercase())
    };
    let others: Vec<String> = found.iter().filter(same).map(|it| it.id.to_string()).collect();
    (!others.is_empty()).then(|| {
        format!(
            "{} is also called {}; if it is the same person, undo this, which removes the new member",
            others.join(", "),
            shown(name)
        )
        .into()
    })
}
