//! Checks of contact data: texts, and the form of an e-mail address.

use super::finding_collector::FindingCollector;
use crate::domain::model::{Contact, FindingCode, email, text};

pub(super) fn check(contact: &Contact, findings: &mut FindingCollector<'_>) {
    if let Some(email) = &contact.email
        && !email::is_address(email)
    {
        findings.error(
            FindingCode::BadEmail,
            "`email` is not a valid e-mail address: write one like ada@example.org, or null",
        );
    }
    findings.optional_text("phone", contact.phone.as_deref());
    if let Some(address) = &contact.address {
        if address.trim().is_empty() {
            findings.optional_text("address", Some(address));
        }
        for line in address.lines().filter(|line| !line.trim().is_empty()) {
            findings.text("address", line);
        }
    }
    findings.optional_text("concession_reason", contact.concession_reason.as_deref());
    findings.optional_text("suspension_reason", contact.suspension_reason.as_deref());
    findings.optional_text("heard_of_us", contact.heard_of_us.as_deref());
    if let Some(agreed) = &contact.agreed {
        findings.date("agreed.on", agreed.on);
        findings.optional_text("agreed.house_rules", agreed.house_rules.as_deref());
        findings.optional_text("agreed.privacy", agreed.privacy.as_deref());
    }
    for (service, account) in &contact.accounts {
        findings.text("accounts", service);
        findings.text(&format!("accounts.{}", text::shown(service)), account);
    }
}
