//! What is not understood where requirements lie keeps the facility shut.

use space::domain::model::Reason;

use crate::{
    raw::{Raw, Row, row},
    space_of_two::{ADA, BOARD, GRACE, Space, enters, now, outcome},
};

const REQUIREMENTS: &str = "facilities/door/requirements";

fn take(rows: &mut Vec<Row>, name: &str) -> Row {
    let at = rows.iter().position(|it| it.1 == name.as_bytes()).unwrap();
    rows.remove(at)
}

fn sorted(rows: &mut [Row]) {
    let key = |it: &Row| [&it.1[..], if it.0 == "40000" { b"/" } else { b"" }].concat();
    rows.sort_by_key(key);
}

/// A space whose door only the board may open.
fn board_only() -> Space {
    let space = Space::of(true, &[("facilities/door/requirements/board-only.json", BOARD)]);
    let index = outcome(space.follower().poll(now())).0.unwrap();
    assert_eq!(enters(&index, ADA), (false, Reason::PriorityTooLow));
    assert!(enters(&index, GRACE).0);
    space
}

type Edit = fn(Raw<'_>, &mut Vec<Row>);

#[test]
fn a_requirement_under_a_name_that_is_none_shuts_the_facility() {
    let renamed: &[(&str, Edit)] = &[
        (REQUIREMENTS, |_, rows| take_as(rows, "board only.json")),
        (REQUIREMENTS, |_, rows| take_as(rows, "board-only.json.bak")),
        (REQUIREMENTS, |_, rows| take_as(rows, "board-only.JSON")),
        (REQUIREMENTS, |_, rows| take_as(rows, "board-only")),
        (REQUIREMENTS, |raw, rows| {
            let it = take(rows, "board-only.json");
            rows.push(row("40000", "x", raw.tree(&[it])));
        }),
        ("facilities/door", |raw, rows| {
            let requirements = take(rows, "requirements");
            let mut inner = raw.rows(requirements.2);
            rows.push(take(&mut inner, "board-only.json"));
            rows.push(row("40000", "requirements", raw.tree(&inner)));
        }),
        ("facilities/door", |_, rows| {
            let requirements = take(rows, "requirements");
            rows.push(row("40000", "Requirements", requirements.2));
        }),
        ("facilities/door", |raw, rows| {
            take(rows, "requirements");
            rows.push(row("120000", "requirements", raw.blob("elsewhere")));
        }),
    ];
    for (at, (path, edit)) in renamed.iter().enumerate() {
        let space = board_only();
        let old = space.head();
        let mut running = space.follower();
        running.poll(now());
        space.edit(path, &|rows| {
            edit(space.raw(), rows);
            sorted(rows);
        });
        for findings in space.gate(old) {
            assert!(!findings.is_empty(), "{at}: the gate says nothing");
        }
        for follower in [&mut running, &mut space.follower()] {
            let index = outcome(follower.poll(now())).0.unwrap();
            for code in [ADA, GRACE] {
                assert_eq!(enters(&index, code), (false, Reason::UnreadableFacility), "{at}");
            }
        }
    }
}

fn take_as(rows: &mut Vec<Row>, name: &str) {
    let it = take(rows, "board-only.json");
    rows.push(row("100644", name, it.2));
}

#[test]
fn something_else_under_a_requirements_name_leaves_its_last_good_form_in_force() {
    for mode in ["120000", "160000", "40000"] {
        let space = board_only();
        let old = space.head();
        let raw = space.raw();
        let blob = raw.blob("x");
        let id = if mode == "40000" { raw.tree(&[row("100644", "x", blob)]) } else { blob };
        space.edit(REQUIREMENTS, &|rows| {
            take(rows, "board-only.json");
            rows.push(row(mode, "board-only.json", id));
            sorted(rows);
        });
        for findings in space.gate(old) {
            assert!(!findings.is_empty(), "{mode}: the gate says nothing");
        }
        let index = outcome(space.follower().poll(now())).0.unwrap();
        assert_eq!(enters(&index, ADA), (false, Reason::PriorityTooLow), "{mode}");
        assert!(enters(&index, GRACE).0, "{mode}");
    }
}

#[test]
fn a_record_that_is_marked_as_a_program_is_a_record() {
    let space = board_only();
    let old = space.head();
    space.edit(REQUIREMENTS, &|rows| rows.iter_mut().for_each(|it| it.0 = "100755".into()));
    assert_eq!(space.gate(old), [vec![], vec![]], "a warning is no error");
    let index = outcome(space.follower().poll(now())).0.unwrap();
    assert_eq!(enters(&index, ADA), (false, Reason::PriorityTooLow));
}
