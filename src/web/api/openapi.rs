//! The description of the interface for programs, as OpenAPI 3.1, made from the handlers.

use axum::Json;
use utoipa::{
    Modify, OpenApi, ToSchema as _,
    openapi::{
        Content, Ref, Response,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use super::{
    activity, codes, commits, credentials, decisions, facilities, inductions, leaving, members,
    payments, requirements, suspension,
};
use crate::web::answer::Problem;

/// The name of the scheme by which programs are known.
const TOKEN: &str = "token";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "space",
        description = "What programs may ask a space, and what they may change. Changes take the \
                       commit of an ETag in If-Match, and are refused with 412 if somebody has \
                       changed the same records since.",
        version = "1",
    ),
    servers((url = "/api/v1")),
    paths(
        facilities::list, facilities::show, decisions::decide, activity::list,
        members::list, members::show, members::add, suspension::suspend, suspension::resume,
        leaving::leave, leaving::rejoin, codes::replace, commits::undo,
        payments::list, payments::add,
        credentials::list, credentials::add, credentials::revoke,
        inductions::list, inductions::add, inductions::revoke,
        requirements::list, requirements::show, requirements::set, requirements::revoke,
    ),
    components(schemas(Problem)),
    modifiers(&Common),
    tags(
        (name = "decisions", description = "What facilities require, and what credentials would get"),
        (name = "activity", description = "What happened at the facilities"),
        (name = "records", description = "Members without personal data, and what they may do"),
        (name = "changes", description = "Changes of records"),
        (name = "payments", description = "Payments of members, without what the payers wrote"),
    ),
)]
struct Description;

/// What all operations have in common: the token, the errors, and for changes `If-Match`.
struct Common;

impl Modify for Common {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme(TOKEN, SecurityScheme::Http(scheme));
        for (path, item) in &mut openapi.paths.paths {
            item.get.iter_mut().for_each(|it| complete(it, false));
            let is_change = path != "/decisions";
            for operation in [&mut item.put, &mut item.post, &mut item.delete] {
                operation.iter_mut().for_each(|it| complete(it, is_change));
            }
        }
    }
}

fn complete(operation: &mut Operation, is_change: bool) {
    let scopes: [&str; 0] = [];
    operation.security = Some(vec![SecurityRequirement::new(TOKEN, scopes)]);
    let mut error = Response::new("Why not, with the findings of the checks");
    let schema = Ref::from_schema_name(Problem::name());
    error.content.insert("application/problem+json".into(), Content::new(Some(schema)).into());
    operation.responses.responses.insert("default".into(), error.into());
    if is_change {
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^(\\*|\"[0-9a-f]{40}\")$"))
            .build();
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .description(Some("The commit that the change is based on, as an ETag gives it"))
            .schema(Some(text))
            .build();
        operation.parameters.get_or_insert_default().push(parameter.into());
    }
}

/// Returns the description.
pub(super) async fn show() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}
