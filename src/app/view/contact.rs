//! Personal data, as labels and values.

use crate::domain::model::Contact;

/// Returns how to reach somebody, and what else only they should decide about; a value may be empty.
#[must_use]
pub fn contact_lines(contact: &Contact) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let accounts = contact.accounts.iter().map(|(service, name)| format!("{service}: {name}"));
    vec![
        ("e-mail", text(&contact.email)),
        ("phone", text(&contact.phone)),
        ("address", text(&contact.address)),
        ("born", contact.born.map(|month| month.to_string()).unwrap_or_default()),
        ("accounts", accounts.collect::<Vec<_>>().join("\n")),
        ("pays by", contact.pays_by.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("news", if contact.news { "yes".into() } else { String::new() }),
        ("may be named", if contact.named { "yes".into() } else { String::new() }),
    ]
}
