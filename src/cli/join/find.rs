//! Finds what waits by its id or its beginning, or by the name of whoever asks.

use crate::{
    app::joining,
    cli::{CliError, Context, Opened},
    domain::{
        model::{Application, Waiting, text::shown},
        records,
    },
    store::tickets::MemberRequest,
};

/// An application, or what a member asks for.
pub(super) enum Found {
    /// Somebody wants to join.
    Application(Box<Waiting<Application>>),
    /// A member asks for something.
    Request {
        /// Its id.
        id: String,
        /// What it is.
        request: Box<MemberRequest>,
        /// The member, by number and name.
        who: String,
    },
}

/// The fewest letters of an id that are not taken for a name alone.
const SHORTEST: usize = 4;

/// Returns what a text stands for.
///
/// # Errors
/// Fails if nothing matches, or if several do.
pub(super) fn one(ctx: &Context, space: &Opened<'_>, text: &str) -> Result<Found, CliError> {
    let wanted = text.trim().to_lowercase();
    let fits = |id: &str, name: &str| {
        name.to_lowercase().starts_with(&wanted)
            || (wanted.len() >= SHORTEST && id.starts_with(&wanted))
    };
    let mut found = Vec::new();
    for it in joining::applications(space.store).all(ctx.now) {
        if fits(&it.id, &it.content.name) {
            found.push(Found::Application(Box::new(it)));
        }
    }
    for (id, request) in space.store.member_requests().all(ctx.now)? {
        let name = records::name(&space.head, request.member).unwrap_or_default();
        if fits(&id, &name) || request.member.to_string() == wanted {
            let who = records::who(&space.head, request.member);
            found.push(Found::Request { id, request: Box::new(request), who });
        }
    }
    if found.len() > 1 {
        return Err(CliError::user(format!("`{}` matches several", shown(text)))
            .hint("give the id; `space join list` lists them"));
    }
    found.pop().filter(|_| !wanted.is_empty()).ok_or_else(|| {
        let words = format!("there is no application or request `{}`", shown(text));
        CliError::user(words).hint("`space join list` lists them")
    })
}
