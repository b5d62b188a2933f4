//! Checks of contact data: texts, and the shape of an e-mail address.

use super::notes::Notes;
use crate::domain::model::{Contact, text};

pub(super) fn check(contact: &Contact, notes: &mut Notes<'_>) {
    if let Some(email) = &contact.email
        && !looks_like_email(email)
    {
        notes.error(
            "bad-email",
            "`email` is no e-mail address: write one like ada@example.org, or null",
        );
    }
    notes.optional_text("phone", contact.phone.as_deref());
    if let Some(address) = &contact.address {
        if address.trim().is_empty() {
            notes.optional_text("address", Some(address));
        }
        for line in address.lines().filter(|line| !line.trim().is_empty()) {
            notes.text("address", line);
        }
    }
    for (service, account) in &contact.accounts {
        notes.text("accounts", service);
        notes.text(&format!("accounts.{}", text::shown(service)), account);
    }
}

/// Tells whether a mail program would take it: one `@`, something before it, a dotted name after.
fn looks_like_email(email: &str) -> bool {
    let Some((user, host)) = email.split_once('@') else { return false };
    let fits = |c: char| !c.is_whitespace() && !text::is_control(c) && !"<>(),;:\"@".contains(c);
    let labels = |host: &str| host.split('.').all(|label| !label.is_empty());
    !user.is_empty()
        && email.len() <= 254
        && host.contains('.')
        && labels(host)
        && user.chars().chain(host.chars()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_shape() {
        for good in ["ada@example.org", "a.b+c@mail.example.org", "jörg@exämple.de"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in
            ["", "ada", "ada@", "@example.org", "a b@example.org", "a@b", "a@b..c", "a@b@c.d"]
        {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }
}
