//! Forms that change records: filled in, shown what will change, and only then committed.
//!
//! A form is [`form::Form`]: its inputs, and the plan that they stand for. Everything else is the same for
//! all of them: the preview in words, the commit on the records that were seen, and the way to undo
//! it.

mod confirm;
mod credential_add;
mod credential_replace;
mod credential_revoke;
mod desk;
mod done;
mod dues_fields;
mod form;
mod induction_add;
mod member_add;
mod member_edit;
mod member_leave;
mod member_suspend;
mod new_code;
mod onward;
mod payment_add;
mod payment_assign;
mod pays_by;
pub(super) mod preview;
mod requirement_add;
mod requirement_change;
mod requirement_fields;
mod requirement_revoke;
mod steps;
mod timespec;
pub(super) mod undo;
mod wrong;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::web::Site;

pub(super) use onward::{done_page, here};

/// Returns all forms.
pub(super) fn router() -> Router<Arc<Site>> {
    let router = Router::new().route("/done/{commit}", get(done::page));
    fn add<F: form::Form>(router: Router<Arc<Site>>) -> Router<Arc<Site>> {
        router.route(F::PATH, steps::form::<F>())
    }
    let router = add::<credential_add::AddCredential>(router);
    let router = add::<credential_replace::ReplaceCredential>(router);
    let router = add::<credential_revoke::RevokeCredential>(router);
    let router = add::<induction_add::AddInduction>(router);
    let router = add::<member_add::AddMember>(router);
    let router = add::<member_edit::EditMember>(router);
    let router = add::<member_leave::LeaveOrReturn>(router);
    let router = add::<member_suspend::SuspendOrReinstate>(router);
    let router = add::<payment_add::AddPayment>(router);
    let router = add::<requirement_add::AddRequirement>(router);
    let router = add::<requirement_change::ChangeRequirement>(router);
    let router = add::<requirement_revoke::RevokeRequirement>(router);
    let router = add::<payment_assign::AssignPayment>(router);
    add::<undo::Undo>(router)
}
