//! The diagnostic log: the lines of all processes.

use std::fs;

use crate::world::World;

/// requirements.md D-94.
#[test]
fn the_log_has_what_every_process_told() {
    let world = World::new();
    let door = world.start(&["door", "run"]);
    door.wait("in-force");
    let web = world.web();
    web.get_with("/", ("authorization", "Basic eDp5"));
    web.running.wait("wrong-password");
    // The lines are written by a thread of their own; the ends of the processes wait for them.
    door.end();
    web.running.end();
    let web = world.web();
    let (status, page) = web.get("view", "/log");
    assert_eq!(status, 200);
    assert!(page.contains(">door</td>") && page.contains(">web</td>"), "{page}");
    assert!(page.contains("every door is locked") && page.contains("a wrong name"), "{page}");
    assert!(page.contains("data-live=\"often\""), "{page}");
    let (_, warnings) = web.get("view", "/log?severity=4&process=web");
    assert!(warnings.contains("a wrong name") && !warnings.contains("every door"), "{warnings}");
    assert!(!warnings.contains(">door</td>"), "{warnings}");
    // A log is kept, and so it has no names.
    let folder = world.git().join("space/journal");
    let text = fs::read_to_string(folder.join("door.log")).unwrap();
    assert!(!text.contains("Ada"), "{text}");
}
