//! Long random sequences: the relay is never closed when the oracle says that it must be open, and it
//! closes again when all is well.

use proptest::prelude::*;

use super::history::{History, Step};
use crate::domain::guard::{Guard, Limits, Phase, Reading, Readings};

/// How a thermometer behaves for a while.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// It follows a room that becomes warmer or cooler by so much a second.
    Moves(i32),
    Still,
    Silent,
    Jumps(i32),
    Says(i32),
}

/// What happens for a while.
#[derive(Clone, Debug)]
struct Scene {
    seconds: u64,
    ways: [Way; 3],
    asked: bool,
    back: bool,
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![
        8 => (-40..40).prop_map(Way::Moves),
        2 => Just(Way::Still),
        1 => Just(Way::Silent),
        2 => (-8_000..8_000).prop_map(Way::Jumps),
        1 => prop_oneof![
            Just(85_000), Just(-127_000), Just(127_937), Just(0), Just(i32::MAX), Just(i32::MIN),
            26_900..27_100
        ].prop_map(Way::Says),
    ]
}

fn scene() -> impl Strategy<Value = Scene> {
    let together = prop_oneof![
        3 => way().prop_map(|it| [it; 3]),
        1 => [way(), way(), way()],
    ];
    let asked = prop_oneof![4 => Just(true), 1 => Just(false)];
    let back = prop_oneof![20 => Just(false), 1 => Just(true)];
    (1_u64..200, together, asked, back).prop_map(|(seconds, ways, asked, back)| Scene {
        seconds,
        ways,
        asked,
        back,
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    (1_u8..=3, 5_u64..=8, 60_u64..300, 600_u64..2_000, 10_u64..90).prop_map(
        |(quorum, frozen, off, on, settle)| Limits {
            quorum,
            frozen: frozen * 60_000,
            least_off: off * 1_000,
            most_on: on * 1_000,
            settle: settle * 1_000,
            ..Limits::DEFAULT
        },
    )
}

/// A guard, its world and its oracle.
struct Stage {
    guard: Guard,
    history: History,
    now: u64,
    values: [i32; 3],
    readings: Readings,
    count: i32,
    closures: u32,
}

impl Stage {
    fn new(limits: Limits) -> Self {
        Self {
            guard: Guard::new(limits, 3).unwrap(),
            history: History::new(limits, 3),
            now: 100_000_000,
            values: [20_000; 3],
            readings: [None; 4],
            count: 0,
            closures: 0,
        }
    }

    /// Plays a scene before the oracle, which takes longer the more it remembers.
    fn play(&mut self, scene: &Scene) {
        self.play_before(scene, true);
    }

    /// Plays a scene for which only the outcome counts.
    fn play_unseen(&mut self, scene: &Scene) {
        self.play_before(scene, false);
    }

    fn play_before(&mut self, scene: &Scene, oracle: bool) {
        if scene.back {
            self.now -= 900_000;
            self.readings = [None; 4];
        }
        for second in 0..scene.seconds {
            self.now += 1_000;
            self.count += 1;
            for (number, way) in scene.ways.into_iter().enumerate() {
                let value = &mut self.values[number];
                let mut said = None;
                match way {
                    Way::Moves(by) => *value = (*value + by).clamp(-20_000, 60_000),
                    Way::Jumps(by) if second == 0 => *value += by,
                    Way::Still | Way::Jumps(_) | Way::Silent => {}
                    Way::Says(this) => said = Some(this),
                }
                let moves = matches!(way, Way::Moves(_) | Way::Jumps(_));
                let wobble = if moves { 62 * (self.count % 2) } else { 0 };
                if !matches!(way, Way::Silent) {
                    let value = said.unwrap_or(*value + wobble);
                    self.readings[number] = Some(Reading { value, at: self.now - 750 });
                }
            }
            self.step(scene.asked, oracle);
        }
    }

    fn step(&mut self, asked: bool, oracle: bool) {
        let output = self.guard.step(self.now, &self.readings, asked);
        self.closures += u32::from(output.relay);
        if !oracle {
            return;
        }
        let (relay, phase) = (output.relay, output.phase);
        self.history.add(Step { now: self.now, readings: self.readings, asked, relay, phase });
        if relay {
            let why = self.history.must_be_open();
            assert_eq!(why, None, "at {}: {output:?}", self.now);
            assert_eq!(output.phase, Phase::Allowed);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_heat_is_on_only_if_it_may_be_and_comes_back_when_all_is_well(
        limits in limits(), scenes in prop::collection::vec(scene(), 1..10)
    ) {
        let mut stage = Stage::new(limits);
        for scene in &scenes {
            stage.play(scene);
        }
        // All is well for as long as a temperature needs to become credible, and the times to pass.
        stage.values = [20_000; 3];
        let calm = Scene { seconds: 1, ways: [Way::Moves(0); 3], asked: true, back: false };
        stage.play(&calm);
        let before = stage.closures;
        stage.play_unseen(&Scene { seconds: 3_600 + 300 + 90 + 30, ..calm });
        prop_assert!(stage.closures > before, "heat never came back");
    }

    #[test]
    fn while_all_is_well_heat_is_on_but_for_the_pauses(limits in limits()) {
        let mut stage = Stage::new(limits);
        let hours = 3;
        let ways = [Way::Moves(0); 3];
        stage.play_unseen(&Scene { seconds: 3_600 * hours, ways, asked: true, back: false });
        let (on, off) = (limits.most_on / 1_000, limits.least_off.max(limits.settle) / 1_000);
        let share = 3_600 * hours * on / (on + off + 1);
        prop_assert!(u64::from(stage.closures) + on >= share, "{} of {share}", stage.closures);
    }
}
