//! The form that statements are sent with.

use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use crate::{
    app::AppError,
    web::{
        answer,
        pages::frame::{Frame, Instead},
    },
};

/// Its address.
pub(super) const PATH: &str = "/payments/import";

/// Shows its inputs.
pub(super) fn inputs() -> Markup {
    html! {
        form method="post" action=(PATH) enctype="multipart/form-data" {
            label for="statement" { "Statement files" }
            input type="file" id="statement" name="statement" multiple required
                aria-describedby="statement-hint";
            p.hint id="statement-hint" {
                "OFX, CAMT, or a table (CSV) of a bank that is known; also in a ZIP archive."
            }
            div.buttons {
                button { "Show what will change" }
                a.button.quiet href="/payments" { "Cancel" }
            }
        }
    }
}

/// Shows what is wrong, and the form once more.
pub(super) fn again(frame: &Frame, error: &AppError) -> Response {
    let content = html! { (frame.trouble(error)) (inputs()) };
    (answer::status(error), frame.page("Import a bank statement", &content)).into_response()
}

/// Shows that this login may not import.
pub(super) fn not_allowed(frame: &Frame) -> Instead {
    frame.refuse("Your login may not import statements: ask an admin.")
}
