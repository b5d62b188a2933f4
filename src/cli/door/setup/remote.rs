//! What an address of the shared repository says.

/// Tells whether git reaches an address by ssh: `ssh://…`, or `user@host:path`.
pub(super) fn uses_ssh(url: &str) -> bool {
    if let Some((scheme, _)) = url.split_once("://") {
        return matches!(scheme, "ssh" | "git+ssh" | "ssh+git");
    }
    // A colon behind a slash is part of a path on this machine.
    url.split_once(':').is_some_and(|(host, _)| !host.is_empty() && !host.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ssh_is_known_by_its_address() {
        for url in ["git@server:space.git", "ssh://git@server:2222/srv/space.git", "server:space"] {
            assert!(uses_ssh(url), "{url}");
        }
        for url in ["/srv/space.git", "./a:b", "https://git.example.org/space.git", "git://x/y"] {
            assert!(!uses_ssh(url), "{url}");
        }
    }
}
