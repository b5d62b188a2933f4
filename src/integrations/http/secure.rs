//! Refuses addresses at which others could read or change what is sent.

use std::net::IpAddr;

use reqwest::Url;

/// Refuses what others could read or change on its way.
///
/// # Errors
/// Says so.
pub(in crate::integrations) fn check(url: &str) -> Result<(), String> {
    let url = Url::parse(url).map_err(|error| format!("`{url}`: {error}"))?;
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_here = host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_here => Ok(()),
        _ => Err(format!("{host} is not asked: its address does not begin with https")),
    }
}

/// Names every cause of a failure, but not the address, which may have a secret in it.
pub(in crate::integrations) fn causes(error: &reqwest::Error, whose: &str) -> String {
    use std::error::Error as _;
    let host = error.url().and_then(Url::host_str).unwrap_or(whose).to_owned();
    let mut words = format!("{host} does not answer");
    let mut cause = error.source();
    while let Some(it) = cause {
        words = format!("{words}: {it}");
        cause = it.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_crosses_a_network_in_the_clear() {
        for good in ["https://example.org/a", "http://127.0.0.1:1/", "http://[::1]:1/"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in
            ["http://example.org/", "http://10.0.0.1/", "ftp://example.org/", "file:///etc", "x"]
        {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
