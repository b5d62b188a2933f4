//! The permissions that `core.sharedRepository` asks for.

/// What `core.sharedRepository` says: permissions to add, or exactly those to have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::store) enum SharedMode {
    Add(u32),
    Exactly(u32),
}

impl SharedMode {
    /// Reads the setting, in lower case; `None` if nothing is shared.
    pub(super) fn of(set: &str) -> Option<Self> {
        Some(match set {
            "" | "umask" | "false" | "no" | "off" | "0" => return None,
            "group" | "true" | "yes" | "on" | "1" => Self::Add(0o660),
            "all" | "world" | "everybody" | "2" => Self::Add(0o664),
            octal => {
                let mode = u32::from_str_radix(octal, 8).ok()? & 0o666;
                // git refuses one that shuts out the owner.
                Self::Exactly(Some(mode).filter(|mode| mode & 0o600 == 0o600)?)
            }
        })
    }

    /// Works out the permissions of a file or folder that has these now.
    pub(super) const fn applied(self, now: u32, is_folder: bool) -> u32 {
        let (Self::Add(mut bits) | Self::Exactly(mut bits)) = self;
        if now & 0o200 == 0 {
            bits &= !0o222;
        }
        if now & 0o100 != 0 {
            bits |= (bits & 0o444) >> 2;
        }
        let mode = match self {
            Self::Add(_) => now | bits,
            Self::Exactly(_) => now & !0o777 | bits,
        };
        // What is created in a folder then belongs to its group.
        if is_folder { mode | 0o2000 } else { mode }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_those_that_git_gives() {
        let applied = |set, now, folder| SharedMode::of(set).unwrap().applied(now, folder);
        assert_eq!(applied("group", 0o444, false), 0o444, "an object");
        assert_eq!(applied("group", 0o644, false), 0o664, "a ref");
        assert_eq!(applied("group", 0o755, true), 0o2775, "a folder");
        assert_eq!(applied("all", 0o400, false), 0o444);
        assert_eq!(applied("0640", 0o755, true), 0o2750);
        for none in ["", "false", "umask", "0400", "x"] {
            assert_eq!(SharedMode::of(none), None, "{none}");
        }
    }
}
