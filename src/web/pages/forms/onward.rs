//! Where to go on after a form.

use crate::domain::model::CommitId;

/// The field with the page to return to.
pub(super) const BACK: &str = "back";

/// Returns the address of the page that shows a commit, and then leads on to another page.
pub(in crate::web::pages) fn done_page(commit: CommitId, back: &str) -> String {
    let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    format!("/done/{commit}?{BACK}={back}")
}

/// Returns the path of a page here; `None` for anything else, such as another site.
pub(in crate::web::pages) fn here(path: Option<&str>) -> Option<&str> {
    path.filter(|it| it.starts_with('/') && !it.starts_with("//") && !it.contains('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(here(Some("/members/0001?x=1")), Some("/members/0001?x=1"));
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "", "x"] {
            assert_eq!(here(Some(elsewhere)), None, "{elsewhere}");
        }
    }
}
