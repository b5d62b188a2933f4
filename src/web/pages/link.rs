//! Links to pages with parameters.

/// Returns an address with parameters; those without a value are left out.
pub(super) fn to(path: &str, params: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in params.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_a_value() {
        assert_eq!(to("/members", &[("text", ""), ("tier", "")]), "/members");
        assert_eq!(to("/", &[("member", "a&b=c d"), ("days", "7")]), "/?member=a%26b%3Dc+d&days=7");
    }
}
