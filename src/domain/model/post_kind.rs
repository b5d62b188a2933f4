//! What is posted in a chat.

use super::words::words;

words! {
    /// What a post is about.
    PostKind, "post":
    OpenHouseBegins "open-house-begins" "A door stands unlocked for everybody from now on.",
    OpenHouseEnds "open-house-ends" "A door is locked again.",
    DoorForced "door-forced" "A door was opened while it was locked.",
    DoorHeldOpen "door-held-open" "A door has been open for too long.",
    GuardCut "guard-cut" "The guard has cut the furnace, or heats again.",
    Alarm "alarm" "Another alarm of the building began, or is over.",
    Newcomer "newcomer" "Somebody became a member who agreed to be named.",
    Application "application" "Somebody applied, and waits for an answer.",
    Review "review" "A month is over: the numbers for the directors.",
    Failure "failure" "A program of the space failed: the bridge, a backup.",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_files_are_those_of_the_command_line() {
        for kind in PostKind::ALL {
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
            assert_eq!(kind.word().parse(), Ok(*kind));
        }
    }
}
