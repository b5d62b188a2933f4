//! The code of a credential, which can be replaced and never be read.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    change::{self, Changed, How, Request},
    credentials::tagged,
    decisions::CodeKind,
    extract::{At, InPath, Sent},
};
use crate::{
    app::{look_up, new_code},
    domain::{
        model::{Code, CredentialType},
        ops,
    },
    web::{answer::Problem, fault::Fault},
};

/// A new code for what a member holds already.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCode {
    /// Fob or passcode.
    #[serde(rename = "type")]
    #[schema(value_type = CodeKind)]
    kind: CredentialType,
    /// The number of the fob, in any spelling, or the digits of the passcode.
    code: String,
}

/// Replace the code of a credential, in everything that the member opens with it
#[utoipa::path(
    put, path = "/credentials/{tag}/code", tag = "changes",
    params(("tag" = String, Path, description = "the tag"), How),
    request_body = NewCode,
    responses((status = 200, body = Changed)),
)]
pub(super) async fn replace(
    request: Request,
    InPath(tag): InPath<String>,
    Sent(new): Sent<NewCode>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |site, head| {
            let (member, tag) = tagged(head, &tag)?;
            let (folder, _) = head.member(member);
            let all = folder.map(|it| it.credentials).unwrap_or_default();
            let held = all.into_iter().find_map(|(it, held)| (it == tag).then_some(held));
            let held = held.ok_or_else(|| Fault::invalid("the credential cannot be read"))?;
            let code = Code::parse(new.kind, &new.code).map_err(Fault::invalid)?;
            let code = new_code::accept(code, &look_up::space(head)?)?;
            let hash = code.hash(&site.store.key()?);
            if held.code == hash && held.kind == code.kind() {
                return Ok(change::nothing("credential: it has this code already"));
            }
            let request =
                ops::credential::Replace { member, old: held.code, kind: code.kind(), new: hash };
            Ok(ops::credential::replace(head, &request)?)
        })
        .await
}
