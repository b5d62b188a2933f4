//! The systemd units that the program writes.

/// Their names, that of the door first.
pub(crate) const UNITS: [&str; 13] = [
    "space-door.service",
    "space-bridge.service",
    "space-building.service",
    "space-chat.service",
    "space-failed@.service",
    "space-fetch.service",
    "space-fetch.timer",
    "space-follow.service",
    "space-guard.service",
    "space-maintain.service",
    "space-services.service",
    "space-services.timer",
    "space-web.service",
];
