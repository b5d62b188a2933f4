//! Checks of contact data: texts, and the form of an e-mail address.

use super::finding_collector::FindingCollector;
use crate::domain::model::{Contact, FindingCode, email, text};

pub(super) fn check(contact: &Contact, notes: &mut FindingCollector<'_>) {
    if let Some(email) = &contact.email
        && !email::is_address(email)
    {
        notes.error(
            FindingCode::BadEmail,
            "`email` is not a valid e-mail address: write one like ada@example.org, or null",
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
    notes.optional_text("concession_reason", contact.concession_reason.as_deref());
    notes.optional_text("suspension_reason", contact.suspension_reason.as_deref());
    for (service, account) in &contact.accounts {
        notes.text("accounts", service);
        notes.text(&format!("accounts.{}", text::shown(service)), account);
    }
}
